import { randomInt, randomUUID } from "node:crypto"

/** The counter starts in the lower half of its 12 bits, so that there is room for the events of the same millisecond. */
const START_BELOW = 2_048

let latest = -1
let counter = 0

/**
 * A UUIDv7 (RFC 9562) for an event that came without an id: 48 bits of the time, a counter of 12 bits, then random bits. Ids made
 * one after the other for one millisecond are in ascending order (6.2, method 1): where timestamps are equal, ids tell what came first.
 */
export const newEventId = (millis: number): string => {
  counter = millis === latest && counter < 4_095 ? counter + 1 : randomInt(START_BELOW)
  latest = millis
  const time = millis.toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, "0")}${randomUUID().slice(18)}`
}
