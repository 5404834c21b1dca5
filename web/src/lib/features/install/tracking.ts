import type { FirstEvent, Tracking } from "@footfall/sdk/api"

/** What is known of a project's events. */
export interface TrackingState {
  readonly firstEvent: FirstEvent | null
  /** When the newest event happened, epoch milliseconds. */
  readonly latest: number | null
  readonly bots: Tracking["bots"]
  /** The server's time of the answer, epoch milliseconds. */
  readonly now: number
}

/** A first event is news for so long, and an event that is older than the second says that something may have stopped; milliseconds. */
const newFor = 60 * 60_000
const quietAfter = 24 * 60 * 60_000

/** `waiting`: nothing has come yet. `first`: the first event is new. `works`: events come. `quiet`: they came, though not lately. */
export type TrackingKind = "waiting" | "first" | "works" | "quiet"

/** How tracking is at `now`. */
export const trackingKind = ({ firstEvent, latest }: TrackingState, now: number): TrackingKind => {
  if (firstEvent === null || latest === null) return "waiting"
  if (now - Date.parse(firstEvent.timestamp) < newFor) return "first"
  return now - latest < quietAfter ? "works" : "quiet"
}
