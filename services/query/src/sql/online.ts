import { Schema } from "effect"
import { all, between, instants, PROJECT } from "./conditions.ts"
import { Count, question } from "./question.ts"

/** Persons with an event between two instants, the second one excluded. */
export const online = (slice: { readonly projectId: string; readonly from: number; readonly to: number }) =>
  question(
    `SELECT uniqExact(person_id) AS visitors
FROM events
WHERE ${all(PROJECT, between("timestamp", "from", "to"))}`,
    { project: slice.projectId, ...instants({ from: slice.from, to: slice.to }) },
    Schema.Struct({ visitors: Count }),
  )
