const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0")

/**
 * A UUIDv7 (RFC 9562) of a moment in epoch milliseconds, with 72 random bits. It names an event for good: however often
 * the event is sent, the server counts it once.
 */
export const uuidv7 = (millis: number): string =>
  (hex(millis, 12) + 7 + [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => hex(byte, 2)).join("")).replace(
    /(.{8})(.{4})(.{4})(...)/,
    "$1-$2-$3-8$4-",
  )
