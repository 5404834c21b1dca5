const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, "0")
const random = (digits: number) => hex(Math.random() * 16 ** digits, digits)

/**
 * A UUIDv7 (RFC 9562) of a moment in epoch milliseconds, with 72 random bits. It names an event for good: however often
 * the event is sent, the server counts it once. It is no secret, so ordinary randomness does.
 */
export const uuidv7 = (millis: number): string =>
  hex(millis / 65536, 8) + "-" + hex(millis % 65536, 4) + "-7" + random(3) + "-8" + random(3) + "-" + random(12)
