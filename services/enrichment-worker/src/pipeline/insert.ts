import type { LogUnavailable } from "@footfall/event-log/EventLog"
import type { LeaseLost } from "@footfall/event-log/PartitionLog"
import { type ClickHouse, type ClickHouseRejected, ClickHouseUnavailable } from "@footfall/platform/ClickHouse"
import { correct, type Correction } from "@footfall/warehouse/correct"
import { blockOf, type Table } from "@footfall/warehouse/insert"
import { mayBeARow } from "@footfall/warehouse/rehearse"
import { Effect, Schema } from "effect"
import type { Lines } from "./encode.ts"
import type { Reached, Step } from "./fault.ts"
import { isLeaving, pause, stillOurs, type Tenure } from "./tenure.ts"
import { together } from "./together.ts"

/** The owner was asked to go while ClickHouse was away. The batch stays on the log for the next owner. */
export class GaveUp extends Schema.TaggedError<GaveUp>()("GaveUp", { partition: Schema.Int }) {}

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000

/** Doubling waits, each shortened at random by up to half so that partitions do not knock together. */
const waitBefore = (attempt: number): number => Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2)

/** The token of a table's block: the same batch has the same one, no matter which worker inserts it. */
const tokenOf = (partition: number, ids: ReadonlyArray<string>, table: Table): string => `${partition}:${ids[0]}:${ids.at(-1)}:${table}`

const around: Readonly<Record<Table, readonly [before: Step | undefined, after: Step | undefined]>> = {
  events: ["insert-events", "inserted-events"],
  bot_events: [undefined, "inserted-bot-events"],
  sessions: [undefined, "inserted-sessions"],
}

/**
 * Runs a statement until ClickHouse takes it or finds fault with its rows: while it is away, busy, or refuses us for any other reason
 * (a changed password, a table not yet migrated) we wait, with growing pauses, for as long as we own the partition. Nothing is
 * dropped; the events are on the log.
 */
export const untilAnswered = Effect.fnUntraced(function* <A>(
  own: Tenure,
  statement: Effect.Effect<A, ClickHouseRejected | ClickHouseUnavailable>,
): Effect.fn.Return<A, ClickHouseRejected | LeaseLost | LogUnavailable | GaveUp> {
  for (let attempt = 0; ; attempt++) {
    yield* stillOurs(own)
    const answer = yield* statement.pipe(
      Effect.map((value) => ({ value })),
      Effect.catch((failure) => {
        if (failure._tag === "ClickHouseRejected" && mayBeARow(failure)) return Effect.fail(failure)
        const why = failure._tag === "ClickHouseRejected" ? `${failure.code}: ${failure.message}` : String(failure.cause)
        const warn = Effect.logWarning("ClickHouse does not take what we send; events wait on the log", why)
        return Effect.as(attempt % 10 === 0 ? warn : Effect.void, undefined)
      }),
    )
    if (answer !== undefined) return answer.value
    if (isLeaving(own)) return yield* new GaveUp({ partition: own.lease.partition })
    yield* pause(own, waitBefore(Math.min(attempt, 10)))
  }
})

/** Inserts each table's rows in one block with the batch's token, in order. A table without rows is left alone. */
export const insert = Effect.fn("insert")(function* (
  clickhouse: ClickHouse["Service"],
  own: Tenure,
  ids: ReadonlyArray<string>,
  lines: Lines,
  reached: Reached,
) {
  for (const table of ["events", "bot_events", "sessions"] as const) {
    const [before, after] = around[table]
    if (before !== undefined) reached(before)
    if (lines[table].length > 0) {
      yield* untilAnswered(own, clickhouse.insert(blockOf(table, lines[table], tokenOf(own.lease.partition, ids, table))))
    }
    if (after !== undefined) reached(after)
  }
})

/** Puts stored events into the sessions that they belong to now. */
export type Correct = (corrections: ReadonlyArray<Correction>) => Effect.Effect<void, ClickHouseUnavailable>

/**
 * What corrects stored events for all partitions of this process: a statement costs some 50 ms however little it corrects, so those of
 * several partitions share one. ClickHouse refusing it is no fault of an event: we wait as if it were away.
 */
export const correctTogether = (clickhouse: ClickHouse["Service"]): Correct =>
  together((corrections) =>
    correct(clickhouse, corrections).pipe(
      Effect.catchTag("ClickHouseRejected", (cause) => Effect.fail(new ClickHouseUnavailable({ cause }))),
    ),
  )

/** Corrects what a batch calls for, until ClickHouse has done it. */
export const correctStored = Effect.fn("correctStored")(function* (
  correctAll: Correct,
  own: Tenure,
  corrections: ReadonlyArray<Correction>,
  reached: Reached,
) {
  if (corrections.length === 0) return
  reached("correct")
  yield* untilAnswered(own, correctAll(corrections))
  reached("corrected")
})
