import { Schema } from "effect"
import { columnOf, type Dimension } from "../domain/dimensions.ts"
import type { Slice } from "../domain/Statistics.ts"
import { all } from "./all.ts"
import { EVENTS_RANGE, having, sliceParams } from "./conditions.ts"
import { onEvents } from "./filters.ts"
import { Count, question } from "./question.ts"

/** A value, or (`total` = 1) all of them together. `values` is how many there are. */
export const ValuesRow = Schema.Struct({
  value: Schema.String,
  hash: Schema.String,
  total: Count,
  visitors: Count,
  pageviews: Count,
  events: Count,
  values: Count,
})

/** A page of values, most visitors first and ties by value, and the distinct visitors of all of them, in one pass. */
export const values = (slice: Slice & { readonly dimension: Dimension; readonly limit: number; readonly offset: number }) =>
  question(
    `SELECT toString(value) AS value, toString(cityHash64(value)) AS hash, total, visitors, pageviews, events, values
FROM (
  SELECT
    value, total, visitors, pageviews, events,
    count() OVER () - 1 AS values,
    row_number() OVER (ORDER BY total DESC, visitors DESC, value ASC) - 1 AS position
  FROM (
    SELECT
      ${columnOf(slice.dimension)} AS value,
      grouping(value) AS total,
      uniqExact(person_id) AS visitors,
      countIf(kind = 'pageview') AS pageviews,
      countIf(kind = 'event') AS events
    FROM events
    WHERE ${all(EVENTS_RANGE, having(slice.dimension), onEvents(slice.filter))}
    GROUP BY GROUPING SETS ((value), ())
  )
)
WHERE position = 0 OR (position > {offset:UInt64} AND position <= {offset:UInt64} + {limit:UInt64})
ORDER BY position`,
    { ...sliceParams(slice), limit: slice.limit, offset: slice.offset },
    ValuesRow,
  )
