import type { Dimension, Filter } from "../domain/Filter.ts"
import { all, matches, SESSIONS_RANGE } from "./conditions.ts"
import { contains, isOfEvent } from "./visited.ts"

/**
 * The condition for sessions that started in the range and contain a matching event. Attributes of the session are the same on
 * all its events, so filters on them and filters on the events that it contains can be asked apart.
 */
export const visitsWhere = (filters: ReadonlyArray<Filter>) =>
  all(
    SESSIONS_RANGE,
    matches(filters, (dimension: Dimension) => !isOfEvent(dimension)),
    contains(filters),
  )
