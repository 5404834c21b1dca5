import { EVENT_DIMENSIONS, type Filter } from "../domain/Filter.ts"
import type { Slice } from "../domain/Statistics.ts"
import { all, between, instants, matches, PROJECT, SESSION_MS, SESSIONS_RANGE, sliceParams } from "./conditions.ts"

const ofEvents = (filters: ReadonlyArray<Filter>) => filters.some(({ dimension }) => EVENT_DIMENSIONS.has(dimension))

/**
 * The condition for sessions that started in the range and contain a matching event. Attributes of the session are the same on
 * all its events, so filters on them need sessions only; filters on pages and events ask the events up to a session's length
 * after the range.
 */
export const visitsWhere = (filters: ReadonlyArray<Filter>) =>
  ofEvents(filters)
    ? `${SESSIONS_RANGE} AND session_id IN (
    SELECT session_id FROM events
    WHERE ${all(PROJECT, between("timestamp", "from", "sessionsEnd"), matches(filters))}
  )`
    : all(SESSIONS_RANGE, matches(filters))

/** What {@link visitsWhere} binds. */
export const visitsParams = (slice: Slice) => ({
  ...sliceParams(slice),
  ...(ofEvents(slice.filters) ? instants({ sessionsEnd: slice.to + SESSION_MS + 1 }) : {}),
})
