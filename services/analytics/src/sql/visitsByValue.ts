import { Schema } from "effect"
import { columnOf, isOfEvent } from "../domain/dimensions.ts"
import type { ValueSlice } from "../domain/Statistics.ts"
import { all } from "./all.ts"
import { SESSIONS_RANGE, sliceParams } from "./conditions.ts"
import { onAttributes, onSessions, valuesWithin } from "./filters.ts"
import { Count, question } from "./question.ts"

export const VisitsByValueRow = Schema.Struct({ value: Schema.String, visits: Count })

/** Visits by the value of a dimension. One that saw several pages counts once for each of them. */
export const visitsByValue = (slice: ValueSlice) => {
  const { dimension, filter } = slice
  const rows = isOfEvent(dimension)
    ? `SELECT toString(arrayJoin(${valuesWithin(dimension, filter)})) AS value, sum(sign) AS visits
FROM sessions
WHERE ${all(SESSIONS_RANGE, onAttributes(filter))}`
    : `SELECT toString(${columnOf(dimension)}) AS value, sum(sign) AS visits
FROM sessions
WHERE ${all(SESSIONS_RANGE, onSessions(filter), `cityHash64(${columnOf(dimension)}) IN {hashes:Array(UInt64)}`)}`
  return question(`${rows}\nGROUP BY value`, { ...sliceParams(slice), hashes: slice.hashes.map(BigInt) }, VisitsByValueRow)
}
