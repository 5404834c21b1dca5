import type { AnswerMeta, Bucket as BucketAnswer, Metrics } from "@footfall/contracts/generated/analytics"
import type { Bucket } from "./Buckets.ts"
import { iso } from "./iso.ts"
import type { Range } from "./Range.ts"
import type { Cost, Sums, ValueCounts } from "./Statistics.ts"
import type { Millis } from "./TimeZone.ts"

/** A value of which nothing is known to have happened. */
export const NOTHING: ValueCounts = { visitors: 0, visits: 0, pageviews: 0, events: 0 }

const EMPTY: Sums = { visitors: 0, pageviews: 0, visits: 0, bounces: 0, durationMs: 0 }

/** The metrics that follow from sums. Without visits there is neither a bounce rate nor a duration. */
export const metricsOf = ({ visitors, pageviews, visits, bounces, durationMs }: Sums): Metrics => ({
  visitors,
  visits,
  pageviews,
  bounceRate: visits === 0 ? null : bounces / visits,
  visitDuration: visits === 0 ? null : durationMs / visits / 1000,
})

/** Every bucket with its metrics. A bucket is partial when the range or the present cuts it short. */
export const bucketAnswers = (
  buckets: ReadonlyArray<Bucket>,
  sums: ReadonlyMap<Millis, Sums>,
  { from, to }: Range,
  now: Millis,
): ReadonlyArray<BucketAnswer> =>
  buckets.map(({ start, end }) => ({
    start: iso(start),
    end: iso(end),
    partial: start < from || end > to || end > now,
    metrics: metricsOf((end > start ? sums.get(start) : undefined) ?? EMPTY),
  }))

/** What two questions cost together. */
export const add = (a: Cost, b: Cost): Cost => ({ rows: a.rows + b.rows, bytes: a.bytes + b.bytes, elapsedMs: a.elapsedMs + b.elapsedMs })

/** How an answer came about. Nothing is estimated. */
export const meta = ({ rows, bytes, elapsedMs }: Cost): AnswerMeta => ({ exact: true, rowsRead: rows, bytesRead: bytes, elapsedMs })
