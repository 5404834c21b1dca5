import type { DeadLetter, Lease, PartitionLog } from "@footfall/event-log/PartitionLog"
import { Effect } from "effect"
import { encodeSeen } from "../domain/seenChunk.ts"
import { FORGET_SECONDS } from "../domain/SeenIds.ts"
import { UNKNOWN } from "../domain/Session.ts"
import { encodeState } from "../domain/sessionState.ts"
import type { Deduplicated } from "./deduplicate.ts"
import type { Memory, Recalled } from "./memory.ts"
import type { States } from "./sessionize.ts"

/** All that a batch leaves behind on the log. */
export interface Result {
  readonly ids: ReadonlyArray<string>
  readonly states: States
  readonly recalled: Recalled
  readonly deduplicated: Deduplicated
  readonly letters: ReadonlyArray<DeadLetter>
}

/** Ends the batch: dead letters first, then states, seen ids and the acknowledgement at once, then our memory of them. */
export const commit = Effect.fn("commit")(function* (log: PartitionLog["Service"], lease: Lease, memory: Memory, result: Result) {
  const { ids, states, letters } = result
  const { past, lost } = result.recalled
  const { seen, newest } = result.deduplicated
  if (letters.length > 0) {
    yield* log.bury(letters)
    yield* Effect.logWarning("set aside what cannot be processed", {
      partition: lease.partition,
      letters: letters.length,
      reason: letters[0]?.reason,
    })
  }
  const sessions = new Map<string, string>()
  for (const visitor of lost) sessions.set(visitor, encodeState(past.states.get(visitor) ?? UNKNOWN))
  for (const [visitor, state] of states) sessions.set(visitor, encodeState(state))
  yield* log.commit(lease, {
    ids,
    sessions,
    seen: seen.size === 0 ? undefined : encodeSeen(seen, newest),
    forgetSeenBefore: newest === 0 ? 0 : newest - FORGET_SECONDS * 1000,
  })
  memory.seen.addAll(seen)
  for (const [visitor, state] of states) memory.states.set(visitor, state)
})
