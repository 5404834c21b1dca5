import { Schema } from "effect"
import type { Slice } from "../domain/Statistics.ts"
import { bucketOf, bucketParams } from "./buckets.ts"
import { all } from "./all.ts"
import { EVENTS_RANGE, instant, instants, sliceParams } from "./conditions.ts"
import { onEvents } from "./filters.ts"
import { Count, question } from "./question.ts"

/** A bucket, or (`total` = 1) all events before (`counted` = 1) or after `totalsTo`. */
export const TrafficRow = Schema.Struct({
  bucket: Count,
  counted: Schema.Finite,
  total: Count,
  visitors: Count,
  pageviews: Count,
})

/** Visitors and page views, per bucket and in total, in one pass over the events. */
export const traffic = (slice: Slice & { readonly totalsTo: number; readonly starts: ReadonlyArray<number> }) =>
  question(
    `SELECT
  ${bucketOf("timestamp")} AS bucket,
  timestamp < ${instant("totalsTo")} AS counted,
  grouping(bucket) AS total,
  uniqExact(person_id) AS visitors,
  countIf(kind = 'pageview') AS pageviews
FROM events
WHERE ${all(EVENTS_RANGE, onEvents(slice.filter))}
GROUP BY GROUPING SETS ((bucket), (counted))`,
    { ...sliceParams(slice), ...bucketParams(slice.starts), ...instants({ totalsTo: slice.totalsTo }) },
    TrafficRow,
  )
