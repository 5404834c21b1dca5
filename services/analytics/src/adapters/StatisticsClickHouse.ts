import { ClickHouse, type Read, type Statement } from "@footfall/platform/ClickHouse"
import { Effect, Layer } from "effect"
import { type Cost, Statistics, type Sums, type ValueCounts, type ValueSlice, WarehouseUnavailable } from "../domain/Statistics.ts"
import { eventsByValue } from "../sql/eventsByValue.ts"
import { firstEvent } from "../sql/firstEvent.ts"
import { online } from "../sql/online.ts"
import { botEvents, latestEvent } from "../sql/tracking.ts"
import { traffic } from "../sql/traffic.ts"
import { values } from "../sql/values.ts"
import { visits } from "../sql/visits.ts"
import { visitsByValue } from "../sql/visitsByValue.ts"

const NONE: Sums = { visitors: 0, pageviews: 0, visits: 0, bounces: 0, durationMs: 0 }
const NO_COUNTS: ValueCounts = { visitors: 0, visits: 0, pageviews: 0, events: 0 }

/** A little longer than ClickHouse may work on a statement. */
const PATIENCE = "25 seconds"

const total = (reads: ReadonlyArray<Read>): Cost => ({
  rows: reads.reduce((sum, { rows }) => sum + rows, 0),
  bytes: reads.reduce((sum, { bytes }) => sum + bytes, 0),
  elapsedMs: reads.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
})

/** `Statistics` of ClickHouse. A statement that ClickHouse refuses is a bug of ours and dies. */
export const layer = Layer.effect(
  Statistics,
  Effect.gen(function* () {
    const clickhouse = yield* ClickHouse

    const ask = <A, I>(statement: Statement<A, I>) =>
      clickhouse.query(statement).pipe(
        Effect.catchTag("ClickHouseUnavailable", ({ cause }) => Effect.fail(new WarehouseUnavailable({ cause }))),
        Effect.catchTag("ClickHouseRejected", (rejected) => Effect.die(rejected)),
        Effect.timeoutOrElse({
          duration: PATIENCE,
          orElse: () => Effect.fail(new WarehouseUnavailable({ cause: new Error(`ClickHouse did not answer within ${PATIENCE}`) })),
        }),
      )

    const visitsOf = Effect.fn("Statistics.visitsOf")(function* (slice: ValueSlice) {
      if (slice.hashes.length === 0 || slice.to <= slice.from) return { visits: new Map<string, number>(), cost: total([]) }
      const { rows, read } = yield* ask(visitsByValue(slice))
      return { visits: new Map(rows.map((row) => [row.value, row.visits])), cost: total([read]) }
    })

    return Statistics.of({
      series: Effect.fn("Statistics.series")(function* (slice) {
        const [events, sessions] = yield* Effect.all([ask(traffic(slice)), ask(visits(slice))], { concurrency: 2 })
        const buckets = new Map<number, Sums>()
        let totals = NONE
        for (const { bucket, counted, total, visitors, pageviews } of events.rows) {
          if (total === 0) buckets.set(bucket, { ...NONE, visitors, pageviews })
          else if (counted === 1) totals = { ...totals, visitors, pageviews }
        }
        const withVisits = (to: Sums, more: Pick<Sums, "visits" | "bounces" | "durationMs">): Sums => ({
          ...to,
          visits: to.visits + more.visits,
          bounces: to.bounces + more.bounces,
          durationMs: to.durationMs + more.durationMs,
        })
        for (const { bucket, counted, ...more } of sessions.rows) {
          buckets.set(bucket, withVisits(buckets.get(bucket) ?? NONE, more))
          if (counted === 1) totals = withVisits(totals, more)
        }
        return { buckets, totals, cost: total([events.read, sessions.read]) }
      }),
      values: Effect.fn("Statistics.values")(function* (slice) {
        const { rows, read } = yield* ask(values(slice))
        const [all, ...page] = rows
        return {
          rows: page.map(({ value, hash, visitors, pageviews, events }) => ({ value, hash, visitors, pageviews, events })),
          totalVisitors: all?.visitors ?? 0,
          totalRows: all?.values ?? 0,
          cost: total([read]),
        }
      }),
      visitsOf,
      countsOf: Effect.fn("Statistics.countsOf")(function* (slice) {
        if (slice.hashes.length === 0 || slice.to <= slice.from) return { counts: new Map<string, ValueCounts>(), cost: total([]) }
        const [{ rows, read }, { visits, cost }] = yield* Effect.all([ask(eventsByValue(slice)), visitsOf(slice)], { concurrency: 2 })
        const counts = new Map([...visits].map(([value, count]) => [value, { ...NO_COUNTS, visits: count }]))
        for (const { value, ...row } of rows) counts.set(value, { ...row, visits: visits.get(value) ?? 0 })
        return { counts, cost: total([read, cost]) }
      }),
      online: Effect.fn("Statistics.online")(function* (slice) {
        const { rows, read } = yield* ask(online(slice))
        const { visitors = 0, latest = 0 } = rows[0] ?? {}
        return { visitors, latest: latest > 0 ? latest : undefined, cost: total([read]) }
      }),
      firstEvent: Effect.fn("Statistics.firstEvent")(function* (projectId) {
        return (yield* ask(firstEvent(projectId))).rows[0]
      }),
      tracking: Effect.fn("Statistics.tracking")(function* (slice) {
        const [events, bots] = yield* Effect.all([ask(latestEvent(slice.projectId)), ask(botEvents(slice))], { concurrency: 2 })
        const known = (latest = 0) => (latest > 0 ? latest : undefined)
        const { events: count = 0, latest, signal = "" } = bots.rows[0] ?? {}
        return {
          latest: known(events.rows[0]?.latest),
          bots: { events: count, latest: known(latest), signal },
          cost: total([events.read, bots.read]),
        }
      }),
      ping: clickhouse.ping.pipe(Effect.catchTag("ClickHouseUnavailable", ({ cause }) => Effect.fail(new WarehouseUnavailable({ cause })))),
    })
  }),
)
