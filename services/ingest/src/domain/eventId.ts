import { randomUUID } from "node:crypto"

/** A UUIDv7 (RFC 9562) for an event that came without an id: 48 bits of the time, then random bits. */
export const newEventId = (millis: number): string => {
  const time = millis.toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
