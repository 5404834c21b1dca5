import { Schema } from "effect"
import { columnOf } from "../domain/dimensions.ts"
import type { ValueSlice } from "../domain/Statistics.ts"
import { all } from "./all.ts"
import { EVENTS_RANGE, having, sliceParams } from "./conditions.ts"
import { onEvents } from "./filters.ts"
import { Count, question } from "./question.ts"

export const EventsByValueRow = Schema.Struct({ value: Schema.String, visitors: Count, pageviews: Count, events: Count })

/** Visitors, page views and events by the value of a dimension. */
export const eventsByValue = (slice: ValueSlice) =>
  question(
    `SELECT toString(${columnOf(slice.dimension)}) AS value,
  uniqExact(person_id) AS visitors,
  countIf(kind = 'pageview') AS pageviews,
  countIf(kind = 'event') AS events
FROM events
WHERE ${all(EVENTS_RANGE, having(slice.dimension), onEvents(slice.filter), `cityHash64(${columnOf(slice.dimension)}) IN {hashes:Array(UInt64)}`)}
GROUP BY value`,
    { ...sliceParams(slice), hashes: slice.hashes.map(BigInt) },
    EventsByValueRow,
  )
