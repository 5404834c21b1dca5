import { Schema } from "effect"
import type { Slice } from "../domain/Statistics.ts"
import { bucketOf, bucketParams } from "./buckets.ts"
import { all } from "./all.ts"
import { instant, instants, SESSIONS_RANGE, sliceParams } from "./conditions.ts"
import { onSessions } from "./filters.ts"
import { Count, question } from "./question.ts"

/** Visits of a bucket, apart by whether they started before `totalsTo`. */
export const VisitsRow = Schema.Struct({
  bucket: Count,
  counted: Schema.Finite,
  visits: Count,
  bounces: Count,
  durationMs: Count,
})

/** Visits, how many of them bounced, and how long they lasted, per bucket. */
export const visits = (slice: Slice & { readonly totalsTo: number; readonly starts: ReadonlyArray<number> }) =>
  question(
    `SELECT
  ${bucketOf("started_at")} AS bucket,
  started_at < ${instant("totalsTo")} AS counted,
  sum(sign) AS visits,
  sumIf(sign, pageviews = 1 AND events = 0) AS bounces,
  sum(sign * (toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(started_at))) AS durationMs
FROM sessions
WHERE ${all(SESSIONS_RANGE, onSessions(slice.filter))}
GROUP BY bucket, counted`,
    { ...sliceParams(slice), ...bucketParams(slice.starts), ...instants({ totalsTo: slice.totalsTo }) },
    VisitsRow,
  )
