import type { DeadLetter } from "@footfall/event-log/PartitionLog"
import type { ClickHouse } from "@footfall/platform/ClickHouse"
import { encodeBotEventRow, encodeEventRow, type BotEventRow, type EventRow } from "@footfall/warehouse/EventRow"
import type { Table } from "@footfall/warehouse/insert"
import { rehearse } from "@footfall/warehouse/rehearse"
import { Effect } from "effect"
import type { Enriched } from "./enrich.ts"
import { untilAnswered } from "./insert.ts"
import type { Sessionized } from "./sessionize.ts"
import type { Tenure } from "./tenure.ts"

interface Candidate {
  readonly key: string
  readonly line: string
}

/** What tells an event from all others of a batch. */
export const poisonKey = (projectId: string, eventId: string): string => `${projectId}/${eventId}`

/**
 * Finds the events whose rows ClickHouse refuses even alone, by halving and without storing anything, so that the rest can go in
 * under the batch's own token. Gives the reasons by {@link poisonKey}. Fails when ClickHouse refuses even no rows at all: then none
 * of them is to blame, and the batch stays on the log.
 */
export const findPoison = Effect.fn("findPoison")(function* (clickhouse: ClickHouse["Service"], own: Tenure, batch: Sessionized) {
  const found = new Map<string, string>()

  const tryOut = (table: Table, candidates: ReadonlyArray<Candidate>) => {
    const lines = candidates.map(({ line }) => line)
    return untilAnswered(own, rehearse(clickhouse, table, lines))
  }

  const search = (table: Table, candidates: ReadonlyArray<Candidate>): ReturnType<typeof tryOut> =>
    tryOut(table, candidates).pipe(
      Effect.catchTag("ClickHouseRejected", (rejected) => {
        const [first] = candidates
        if (first === undefined) return Effect.fail(rejected)
        if (candidates.length === 1) {
          found.set(first.key, `${rejected.code}: ${rejected.message.slice(0, 500)}`)
          return Effect.void
        }
        const middle = Math.ceil(candidates.length / 2)
        return Effect.andThen(search(table, candidates.slice(0, middle)), search(table, candidates.slice(middle)))
      }),
    )

  const searchAll = (table: Table, candidates: ReadonlyArray<Candidate>) =>
    candidates.length === 0 ? Effect.void : Effect.andThen(tryOut(table, []), search(table, candidates))

  const keyOf = (row: BotEventRow | EventRow) => poisonKey(row.projectId, row.eventId)
  const events = batch.events.map((row) => ({ key: keyOf(row), line: encodeEventRow(row) }))
  const botEvents = batch.botEvents.map((row) => ({ key: keyOf(row), line: encodeBotEventRow(row) }))
  yield* searchAll("events", events)
  yield* searchAll("bot_events", botEvents)
  return found as ReadonlyMap<string, string>
})

/** The dead letter of an event that ClickHouse refuses. Enriched events carry no address. */
export const letterOf = (partition: number, { projectId, event, receivedAt, entry }: Enriched, reason: string): DeadLetter => ({
  partition,
  id: entry,
  reason: `ClickHouse refuses it: ${reason}`,
  content: JSON.stringify({ projectId, receivedAt, event }),
})
