import type { Bucket as BucketAnswer, Timeseries } from "@footfall/contracts/generated/analytics"
import { Clock, Effect } from "effect"
import { type Bucket, bucketsOf, intervalFor, MAX_BUCKETS } from "../../domain/Buckets.ts"
import { type Filter, readFilter } from "../../domain/Filter.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { iso } from "../../domain/iso.ts"
import { edgesOf, likeBuckets } from "../../domain/likeBuckets.ts"
import { comparedRange, parseRange, type Range, totalsEnd } from "../../domain/Range.ts"
import { type Millis, TimeZone } from "../../domain/TimeZone.ts"
import { type Metric, metricsOf, partsOf, type Sums, sumsOf, type Table } from "../../metrics.ts"
import { type Subject, Warehouse } from "../../Warehouse.ts"
import { type Asked, meta } from "../answer.ts"
import { Beginnings } from "../firstEvent/Beginnings.ts"
import { series, type Span } from "./series.sql.ts"

const DEFAULT_METRICS: ReadonlyArray<Metric> = ["visitors", "visits", "pageviews", "bounceRate", "visitDuration"]

/** A range, its buckets, and where its totals end. */
interface Stretch {
  readonly range: Range
  readonly buckets: ReadonlyArray<Bucket>
  readonly totalsTo: Millis
}

/** What happened in a span, by the start of the bucket and in total. */
interface Counted {
  readonly buckets: Map<Millis, Sums>
  totals: Sums
}

/** What the rows of both tables say about each span. */
const countSpans = Effect.fnUntraced(function* (
  subject: Subject,
  spans: ReadonlyArray<Span>,
  filter: Filter,
  metrics: ReadonlyArray<Metric>,
) {
  const warehouse = yield* Warehouse
  const counted: ReadonlyArray<Counted> = spans.map(() => ({ buckets: new Map(), totals: {} }))
  const count = Effect.fnUntraced(function* (table: Table) {
    const parts = partsOf(metrics, table)
    if (parts.length === 0) return []
    const { rows, cost } = yield* warehouse.read(subject, series(subject.id, table, spans, filter, parts))
    for (const row of rows) {
      const span = counted[row.span]
      if (span === undefined) continue
      const sums = sumsOf(parts, row.sums)
      if (row.total === 0) span.buckets.set(row.bucket, { ...span.buckets.get(row.bucket), ...sums })
      else if (row.counted === 1) span.totals = { ...span.totals, ...sums }
    }
    return [cost]
  })
  const costs = yield* Effect.all([count("events"), count("sessions")], { concurrency: 2 })
  return { counted, costs: costs.flat() }
})

/** Every bucket with its metrics. A bucket is partial when the range or the present cuts it short. */
const bucketAnswers = ({ range, buckets }: Stretch, { buckets: sums }: Counted, metrics: ReadonlyArray<Metric>, now: Millis) =>
  buckets.map(({ start, end }): BucketAnswer => ({
    start: iso(start),
    end: iso(end),
    partial: start < range.from || end > range.to || end > now,
    metrics: metricsOf(metrics, end > start ? sums.get(start) : undefined),
  }))

const spanOf = ({ range, buckets, totalsTo }: Stretch): Span => ({ ...range, totalsTo, starts: edgesOf(buckets) })

/** What a question about a time series asks for. Fails when it makes no sense. */
export const planTimeseries = Effect.fnUntraced(function* (subject: Subject, asked: Asked) {
  const zone = TimeZone.of(subject.timeZone)
  const now = yield* Clock.currentTimeMillis
  const range = yield* parseRange(zone, asked)
  const filter = yield* readFilter(asked.filter)
  const interval = asked.interval ?? intervalFor(range.to - range.from)
  const buckets = bucketsOf(zone, interval, range.from, range.to)
  if (buckets === undefined) {
    const name = asked.interval === undefined ? "to" : "interval"
    return yield* InvalidRequest.parameter(name, `At most ${MAX_BUCKETS} buckets fit in an answer`)
  }
  const like = asked.compare === undefined ? undefined : comparedRange(zone, range, asked.compare, interval)
  const main: Stretch = { range, buckets, totalsTo: range.to }
  const compared: Stretch | undefined =
    like === undefined ? undefined : { range: like, buckets: likeBuckets(buckets, like), totalsTo: totalsEnd(range, like, now) }

  return Effect.gen(function* () {
    const metrics = asked.metrics ?? DEFAULT_METRICS
    const stretches = compared === undefined ? [main] : [main, compared]
    const [{ counted, costs }, first] = yield* Effect.all(
      [countSpans(subject, stretches.map(spanOf), filter, metrics), Effect.flatMap(Beginnings, (beginnings) => beginnings.of(subject))],
      { concurrency: 2 },
    )
    const answerOf = (stretch: Stretch, place: number) => {
      const sums = counted[place] ?? { buckets: new Map(), totals: {} }
      return {
        from: iso(stretch.range.from),
        to: iso(stretch.range.to),
        buckets: bucketAnswers(stretch, sums, metrics, now),
        totals: metricsOf(metrics, sums.totals),
      }
    }
    const answer: Timeseries = {
      ...answerOf(main, 0),
      timeZone: zone.name,
      interval,
      metrics,
      comparison: compared === undefined ? null : { ...answerOf(compared, 1), totalsTo: iso(compared.totalsTo) },
      firstEventAt: first === undefined ? null : iso(first),
      meta: meta(...costs),
    }
    return answer
  })
})
