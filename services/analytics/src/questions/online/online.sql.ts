import { Schema } from "effect"
import { all } from "../../sql/all.ts"
import { between, instants, PROJECT } from "../../sql/conditions.ts"
import { PERSON } from "../../sql/person.ts"
import { Count, question } from "../../sql/question.ts"

/** `latest` is when the newest event arrived, epoch ms; 0 when there is none. */
export const OnlineRow = Schema.Struct({ visitors: Count, latest: Count })

/** Persons with an event between two instants, the second one excluded, and when the newest of these events arrived. */
export const online = (slice: { readonly projectId: string; readonly from: number; readonly to: number }) =>
  question(
    `SELECT uniqExact(${PERSON}) AS visitors, toUnixTimestamp64Milli(max(received_at)) AS latest
FROM events
WHERE ${all(PROJECT, between("timestamp"))}`,
    { project: slice.projectId, ...instants({ from: slice.from, to: slice.to }) },
    OnlineRow,
  )
