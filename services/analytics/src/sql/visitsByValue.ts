import { Schema } from "effect"
import type { ValueSlice } from "../domain/Statistics.ts"
import { COLUMN } from "./columns.ts"
import { all, matches, SESSIONS_RANGE, sliceParams } from "./conditions.ts"
import { Count, question } from "./question.ts"
import { isOfEvent, valuesWithin } from "./visited.ts"
import { visitsWhere } from "./visitsWhere.ts"

export const VisitsByValueRow = Schema.Struct({ value: Schema.String, visits: Count })

/** Visits by the value of a dimension. One that saw several pages counts once for each of them. */
export const visitsByValue = (slice: ValueSlice) => {
  const { dimension, filters } = slice
  const rows = isOfEvent(dimension)
    ? `SELECT toString(arrayJoin(${valuesWithin(dimension, filters)})) AS value, sum(sign) AS visits
FROM sessions
WHERE ${all(
        SESSIONS_RANGE,
        matches(filters, (dimension) => !isOfEvent(dimension)),
      )}`
    : `SELECT toString(${COLUMN[dimension]}) AS value, sum(sign) AS visits
FROM sessions
WHERE ${visitsWhere(filters)} AND cityHash64(${COLUMN[dimension]}) IN {hashes:Array(UInt64)}`
  return question(`${rows}\nGROUP BY value`, { ...sliceParams(slice), hashes: slice.hashes.map(BigInt) }, VisitsByValueRow)
}
