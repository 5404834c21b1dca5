import { Schema } from "effect"
import type { Filter } from "../../domain/Filter.ts"
import type { Millis } from "../../domain/TimeZone.ts"
import { type PartName, sumsSql, type Table } from "../../metrics.ts"
import { all } from "../../sql/all.ts"
import { bucketOf, bucketParams } from "../../sql/buckets.ts"
import { between, instant, instants, PROJECT, timeOf } from "../../sql/conditions.ts"
import { filterParams, onTable } from "../../sql/filters.ts"
import { Count, question } from "../../sql/question.ts"

/** Part of a time series: the range, the end of what its totals cover, and the ascending starts of its buckets. */
export interface Span {
  readonly from: Millis
  readonly to: Millis
  readonly totalsTo: Millis
  readonly starts: ReadonlyArray<Millis>
}

/** The sums of a bucket of a span, or (`total` = 1) of all its rows before (`counted` = 1) or after `totalsTo`. */
export const SeriesRow = Schema.Struct({
  span: Schema.Finite,
  bucket: Count,
  counted: Schema.Finite,
  total: Count,
  sums: Schema.Array(Count),
})

/** The sums of a table per bucket and in total, each span in one pass over its rows. */
export const series = (projectId: string, table: Table, spans: ReadonlyArray<Span>, filter: Filter, parts: ReadonlyArray<PartName>) => {
  const time = timeOf(table)
  const selects = spans.map(
    (_, span) => `SELECT
  ${span} AS span,
  ${bucketOf(time, span)} AS bucket,
  ${time} < ${instant(`totalsTo${span}`)} AS counted,
  grouping(bucket) AS total,
  ${sumsSql(parts)} AS sums
FROM ${table}
WHERE ${all(PROJECT, between(time, `from${span}`, `to${span}`), onTable(table, filter))}
GROUP BY GROUPING SETS ((bucket), (counted))`,
  )
  const params = spans.map(({ from, to, totalsTo, starts }, span) => ({
    ...instants({ [`from${span}`]: from, [`to${span}`]: to, [`totalsTo${span}`]: totalsTo }),
    ...bucketParams(starts, span),
  }))
  return question(selects.join("\nUNION ALL\n"), Object.assign({ project: projectId, ...filterParams(filter) }, ...params), SeriesRow)
}
