import { Schema } from "effect"
import { instant, instants, PROJECT } from "./conditions.ts"
import { Count, question } from "./question.ts"

/** Persons with an event between two instants, both included. */
export const online = (slice: { readonly projectId: string; readonly from: number; readonly to: number }) =>
  question(
    `SELECT uniqExact(person_id) AS visitors
FROM events
WHERE ${PROJECT} AND timestamp >= ${instant("from")} AND timestamp <= ${instant("to")}`,
    { project: slice.projectId, ...instants({ from: slice.from, to: slice.to }) },
    Schema.Struct({ visitors: Count }),
  )
