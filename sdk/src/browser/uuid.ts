/**
 * A UUIDv7 (RFC 9562) of a moment in epoch milliseconds, with 72 random bits. It names an event for good: however often
 * the event is sent, the server counts it once.
 */
export const uuidv7 = (millis: number): string =>
  millis.toString(16).padStart(12, "0").replace(/.{8}/, "$&-") +
  "-7xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => (crypto.getRandomValues(new Uint8Array(1))[0]! % 16).toString(16))
