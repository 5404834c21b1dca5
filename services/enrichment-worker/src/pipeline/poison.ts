import type { DeadLetter } from "@footfall/event-log/PartitionLog"
import type { ClickHouse, ClickHouseRejected } from "@footfall/platform/ClickHouse"
import { encodeBotEventRow, encodeEventRow } from "@footfall/warehouse/EventRow"
import type { Table } from "@footfall/warehouse/insert"
import { rehearse } from "@footfall/warehouse/rehearse"
import { Effect } from "effect"
import type { Enriched } from "./enrich.ts"
import { untilAnswered } from "./insert.ts"
import type { Sessionized } from "./sessionize.ts"
import type { Tenure } from "./tenure.ts"

interface Candidate {
  readonly table: Table
  readonly key: string
  readonly line: string
}

/** What tells an event from all others of a batch. */
export const poisonKey = (projectId: string, eventId: string): string => `${projectId}/${eventId}`

/**
 * Finds the events whose rows ClickHouse refuses even alone, by halving and without storing anything, so that the rest can go in
 * under the batch's own token. Gives the reasons by {@link poisonKey}.
 */
export const findPoison = Effect.fn("findPoison")(function* (clickhouse: ClickHouse["Service"], own: Tenure, batch: Sessionized) {
  const found = new Map<string, string>()
  const search = (candidates: ReadonlyArray<Candidate>): ReturnType<typeof refusal> =>
    Effect.gen(function* () {
      const rejected = yield* refusal(candidates)
      if (rejected === undefined) return undefined
      if (candidates.length === 1) {
        found.set(candidates[0]!.key, `${rejected.code}: ${rejected.message.slice(0, 500)}`)
        return undefined
      }
      const middle = Math.ceil(candidates.length / 2)
      yield* search(candidates.slice(0, middle))
      return yield* search(candidates.slice(middle))
    })
  const refusal = (candidates: ReadonlyArray<Candidate>) => {
    const first = candidates[0]
    if (first === undefined) return Effect.succeed(undefined)
    const lines = candidates.map(({ line }) => line)
    return untilAnswered(own, rehearse(clickhouse, first.table, lines)).pipe(
      Effect.as<ClickHouseRejected | undefined>(undefined),
      Effect.catchTag("ClickHouseRejected", (rejected) => Effect.succeed<ClickHouseRejected | undefined>(rejected)),
    )
  }
  yield* search(batch.events.map((row) => ({ table: "events", key: poisonKey(row.projectId, row.eventId), line: encodeEventRow(row) })))
  yield* search(
    batch.botEvents.map((row) => ({ table: "bot_events", key: poisonKey(row.projectId, row.eventId), line: encodeBotEventRow(row) })),
  )
  return found as ReadonlyMap<string, string>
})

/** The dead letter of an event that ClickHouse refuses. Enriched events carry no address. */
export const letterOf = (partition: number, { projectId, event, receivedAt, entry }: Enriched, reason: string): DeadLetter => ({
  partition,
  id: entry,
  reason: `ClickHouse refuses it: ${reason}`,
  content: JSON.stringify({ projectId, receivedAt, event }),
})
