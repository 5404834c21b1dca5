import type { Refused } from "./Refused.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How far events of write keys may lie back, ms. */
export const MAX_AGE_MS = 72 * HOUR_MS
/** How far any event may lie ahead, ms. */
export const MAX_AHEAD_MS = 5 * MINUTE_MS
/** The earliest event that a secret key may report. */
export const EARLIEST = Date.UTC(2000, 0, 1)
/** A sender's clock that is less wrong than this, ms, is believed; the difference is mostly the way to us. */
const TOLERATED_SKEW_MS = 5_000

/** What our clock and the sender's say about a batch. */
export interface Clocks {
  /** When we received it, epoch milliseconds. */
  readonly receivedAt: number
  /** Added to the sender's timestamps, ms. */
  readonly correction: number
  /** The earliest timestamp that is accepted, epoch milliseconds, and what to say of earlier ones. */
  readonly earliest: number
  readonly tooOld: string
}

/**
 * The clocks of a batch. A write key's timestamps are those of a browser: corrected when its `sentAt` differs from our
 * clock, and recent. A secret key's are history as somebody recorded it: any since 2000, as they are.
 */
export const clocksOf = (kind: "write" | "secret", receivedAt: number, sentAt: string | undefined): Clocks => {
  if (kind === "secret")
    return { receivedAt, correction: 0, earliest: EARLIEST, tooOld: "Expected a time no earlier than 2000-01-01T00:00:00Z" }
  const skew = sentAt === undefined ? 0 : receivedAt - Date.parse(sentAt)
  return {
    receivedAt,
    correction: Math.abs(skew) > TOLERATED_SKEW_MS ? skew : 0,
    earliest: receivedAt - MAX_AGE_MS,
    tooOld: "Expected a time within the last 72 hours; older events need a secret key",
  }
}

/** When an event happened by our clock, epoch milliseconds, given the sender's timestamp; now when there is none. */
export const happenedAt = (clocks: Clocks, timestamp: number | undefined): number | Refused => {
  if (timestamp === undefined) return clocks.receivedAt
  const at = timestamp + clocks.correction
  if (at < clocks.earliest) return { reason: "timestamp_too_old", pointer: "/timestamp", message: clocks.tooOld }
  if (at > clocks.receivedAt + MAX_AHEAD_MS)
    return {
      reason: "timestamp_in_future",
      pointer: "/timestamp",
      message: "Expected a time at most 5 minutes ahead of the server's clock",
    }
  return at
}
