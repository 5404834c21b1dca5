import type { Lease, PartitionLog } from "@footfall/event-log/PartitionLog"
import { Effect } from "effect"
import { Recent } from "../domain/Recent.ts"
import { decodeSeen } from "../domain/seenChunk.ts"
import { SeenIds } from "../domain/SeenIds.ts"
import type { Session } from "../domain/Session.ts"
import { decodeState } from "../domain/sessionState.ts"
import type { States } from "./sessionize.ts"

/** Visitors whose committed sessions are remembered, per partition. */
const REMEMBERED_VISITORS = 10_000

/**
 * What the owner of a partition remembers of its committed state. Only the owner changes that state, so what was read once
 * under a lease stays right until the lease ends; then the memory is thrown away with it.
 */
export interface Memory {
  readonly seen: SeenIds
  readonly sessions: Recent<ReadonlyArray<Session>>
}

/** Begins a tenure: reads all seen event ids of the partition. Sessions are read when they are asked for. */
export const remember = Effect.fn("remember")(function* (log: PartitionLog["Service"], lease: Lease) {
  const seen = new SeenIds()
  yield* log.seen(lease, (chunk) => decodeSeen(chunk, seen))
  return { seen, sessions: new Recent(REMEMBERED_VISITORS) } satisfies Memory as Memory
})

/** The committed sessions of these visitors, from memory where possible. */
export const recall = Effect.fn("recall")(function* (
  log: PartitionLog["Service"],
  lease: Lease,
  memory: Memory,
  visitors: ReadonlySet<string>,
) {
  const known = new Map<string, ReadonlyArray<Session>>()
  const unknown: Array<string> = []
  for (const visitor of visitors) {
    const sessions = memory.sessions.get(visitor)
    if (sessions === undefined) unknown.push(visitor)
    else known.set(visitor, sessions)
  }
  const states = yield* log.sessions(lease, unknown)
  unknown.forEach((visitor, index) => {
    const state = states[index]
    const sessions = state === undefined ? [] : decodeState(state)
    memory.sessions.set(visitor, sessions)
    known.set(visitor, sessions)
  })
  return known as States
})
