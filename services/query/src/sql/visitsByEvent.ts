import type { ValueSlice } from "../domain/Statistics.ts"
import { COLUMN } from "./columns.ts"
import { question } from "./question.ts"
import { eventsOfSessions, sessionsByEventParams, startedInRange } from "./sessionsByEvent.ts"
import { VisitsByValueRow } from "./visitsBySession.ts"

/** Visits by a value that belongs to the event: sessions of the range with such an event. */
export const visitsByEvent = (slice: ValueSlice) =>
  question(
    `SELECT toString(${COLUMN[slice.dimension]}) AS value, ${startedInRange} AS visits
FROM events
WHERE ${eventsOfSessions(slice)}
GROUP BY value`,
    sessionsByEventParams(slice),
    VisitsByValueRow,
  )
