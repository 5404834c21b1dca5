import { Schema } from "effect"
import type { ValueSlice } from "../domain/Statistics.ts"
import { COLUMN } from "./columns.ts"
import { instant } from "./conditions.ts"
import { Count, question } from "./question.ts"
import { eventsOfSessions, sessionsByEventParams, startedInRange } from "./sessionsByEvent.ts"

export const CountsByEventRow = Schema.Struct({ value: Schema.String, visitors: Count, visits: Count, pageviews: Count, events: Count })

/** All counts of some values that belong to the event, in one pass. */
export const countsByEvent = (slice: ValueSlice) =>
  question(
    `SELECT toString(${COLUMN[slice.dimension]}) AS value,
  uniqExactIf(person_id, timestamp < ${instant("to")}) AS visitors,
  ${startedInRange} AS visits,
  countIf(kind = 'pageview' AND timestamp < ${instant("to")}) AS pageviews,
  countIf(kind = 'event' AND timestamp < ${instant("to")}) AS events
FROM events
WHERE ${eventsOfSessions(slice)}
GROUP BY value`,
    sessionsByEventParams(slice),
    CountsByEventRow,
  )
