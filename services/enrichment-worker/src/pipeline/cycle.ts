import { PartitionLog } from "@footfall/event-log/PartitionLog"
import { ClickHouse } from "@footfall/platform/ClickHouse"
import { Effect } from "effect"
import { Geo } from "../domain/Geo.ts"
import { commit } from "./commit.ts"
import { decode } from "./decode.ts"
import { deduplicate } from "./deduplicate.ts"
import { encode } from "./encode.ts"
import { enrich, type Enriched } from "./enrich.ts"
import { faults } from "./fault.ts"
import { correctStored, correctTogether, insert } from "./insert.ts"
import { readHistory, recall, type Memory, type Recalled } from "./memory.ts"
import { findPoison, letterOf, poisonKey } from "./poison.ts"
import { isFull, read } from "./read.ts"
import { sessionize } from "./sessionize.ts"
import type { Tenure } from "./tenure.ts"

/** What a cycle did. */
export interface Turn {
  /** Entries of the log that are done now. */
  readonly entries: number
  /** Whether more is known to wait already. */
  readonly more: boolean
}

/**
 * Builds the cycle of a batch: read, decode, deduplicate, enrich, recall, sessionize, encode, insert, correct, commit. One at a time per partition.
 * It may be cut off anywhere and repeated by anybody; the outcome is that of one undisturbed run.
 */
export const cycles = Effect.gen(function* () {
  const log = yield* PartitionLog
  const clickhouse = yield* ClickHouse
  const geo = yield* Geo
  const reached = yield* faults
  const correctAll = correctTogether(clickhouse)

  /** Gives events their sessions, reading back of the history what that turns out to need. */
  const withHistory = Effect.fnUntraced(function* (own: Tenure, events: ReadonlyArray<Enriched>, { past }: Recalled) {
    for (;;) {
      const sessionized = sessionize(events, past)
      if (!("states" in sessionized)) yield* readHistory(clickhouse, own, sessionized, past.history, events)
      else return sessionized
    }
  })

  return Effect.fn("cycle")(function* (own: Tenure, memory: Memory) {
    const { lease } = own
    const entries = yield* read(log, lease)
    if (entries.length === 0) return { entries: 0, more: false } satisfies Turn as Turn
    reached("read")
    const { ids, arrived, letters: unreadable } = yield* decode(lease.partition, entries)
    const letters = [...unreadable]
    reached("decode")
    const deduplicated = deduplicate(arrived, memory.seen)
    const enriched = enrich(deduplicated.fresh, geo)
    const recalled = yield* recall(log, clickhouse, own, memory, enriched)
    letters.push(...recalled.letters)

    const store = Effect.fnUntraced(function* (events: ReadonlyArray<Enriched>) {
      const sessionized = yield* withHistory(own, events, recalled)
      const refused = yield* insert(clickhouse, own, ids, encode(sessionized), reached).pipe(
        Effect.as(undefined),
        Effect.catchTag("ClickHouseRejected", (rejected) => Effect.succeed(rejected)),
      )
      return { sessionized, refused }
    })

    const all = yield* store(enriched)
    let { sessionized } = all
    if (all.refused !== undefined) {
      const poison = yield* findPoison(clickhouse, own, all.sessionized)
      const reasonOf = ({ projectId, event }: Enriched) => poison.get(poisonKey(projectId, event.id))
      for (const one of enriched) {
        const reason = reasonOf(one)
        if (reason !== undefined) letters.push(letterOf(lease.partition, one, reason))
      }
      const rest = yield* store(enriched.filter((one) => reasonOf(one) === undefined))
      // Nothing that we could set aside is to blame; the batch stays on the log and is tried again.
      if (rest.refused !== undefined) return yield* rest.refused
      sessionized = rest.sessionized
    }

    yield* correctStored(correctAll, own, sessionized.corrections, reached)
    reached("commit")
    yield* commit(log, lease, memory, { ids, states: sessionized.states, recalled, deduplicated, letters })
    reached("committed")
    return { entries: ids.length, more: ids.length < entries.length || isFull(entries) } satisfies Turn as Turn
  })
})
