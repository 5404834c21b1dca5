import { eventHash, type Hash64 } from "../domain/eventHash.ts"
import { SeenIds } from "../domain/SeenIds.ts"
import type { Arrived } from "./decode.ts"

/** The events that were not seen before, and the ids to remember when the batch is committed. */
export interface Deduplicated {
  readonly fresh: ReadonlyArray<Arrived>
  readonly seen: SeenIds
  /** The latest receipt in the batch, epoch milliseconds: the time of the log. 0 for an empty batch. */
  readonly newest: number
}

const hash: Hash64 = { hi: 0, lo: 0 }

/** Drops events whose id the project sent before to this partition, at most 24 hours earlier by the log, in this batch or in a committed one. */
export const deduplicate = (arrived: ReadonlyArray<Arrived>, committed: SeenIds): Deduplicated => {
  const seen = new SeenIds()
  const fresh: Array<Arrived> = []
  let newest = 0
  for (const one of arrived) {
    const seconds = Math.floor(one.receivedAt / 1000)
    newest = Math.max(newest, one.receivedAt)
    eventHash(one.sender.projectId, one.event.id, hash)
    if (seen.has(hash, seconds) || committed.has(hash, seconds)) continue
    seen.add(hash, seconds)
    fresh.push(one)
  }
  return { fresh, seen, newest }
}
