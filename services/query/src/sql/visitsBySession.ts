import { Schema } from "effect"
import type { ValueSlice } from "../domain/Statistics.ts"
import { COLUMN } from "./columns.ts"
import { Count, question } from "./question.ts"
import { visitsParams, visitsWhere } from "./visitsWhere.ts"

export const VisitsByValueRow = Schema.Struct({ value: Schema.String, visits: Count })

/** Visits by the value of a dimension that belongs to the session. */
export const visitsBySession = (slice: ValueSlice) =>
  question(
    `SELECT toString(${COLUMN[slice.dimension]}) AS value, sum(sign) AS visits
FROM sessions
WHERE ${visitsWhere(slice.filters)} AND cityHash64(${COLUMN[slice.dimension]}) IN {hashes:Array(UInt64)}
GROUP BY value`,
    { ...visitsParams(slice), hashes: slice.hashes.map(BigInt) },
    VisitsByValueRow,
  )
