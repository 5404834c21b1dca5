import { COLUMN } from "./columns.ts"
import type { ValueSlice } from "../domain/Statistics.ts"
import { all, between, having, instant, instants, matches, PROJECT, SESSION_MS, sliceParams } from "./conditions.ts"

/** Sessions that started between two bound instants, as they are now; the signs of outdated rows cancel out. */
const startedBetween = (from: string, to: string) => `SELECT session_id FROM sessions
    WHERE ${all(PROJECT, between("started_at", from, to))}
    GROUP BY session_id HAVING sum(sign) > 0`

/**
 * Counts, over {@link eventsOfSessions}, the sessions that started in the range. One seen in the range started there unless it
 * started in the day before; one seen after the range did only if it started in the last day of it. So two small sets replace
 * a look-up of every session.
 */
export const startedInRange = `uniqExactIf(session_id, session_id != 0 AND if(timestamp < ${instant("to")},
    session_id NOT IN (${startedBetween("dayBefore", "from")}),
    session_id IN (${startedBetween("lastDay", "to")})
  ))`

/** Matching events with some values: those in the range, and those that sessions of the range may have after it. */
export const eventsOfSessions = ({ dimension, filters }: ValueSlice) =>
  all(
    PROJECT,
    between("timestamp", "from", "sessionsEnd"),
    having(dimension),
    matches(filters),
    `cityHash64(${COLUMN[dimension]}) IN {hashes:Array(UInt64)}`,
  )

/** What {@link startedInRange} and {@link eventsOfSessions} bind. */
export const sessionsByEventParams = (slice: ValueSlice) => ({
  ...sliceParams(slice),
  ...instants({
    dayBefore: slice.from - SESSION_MS,
    lastDay: Math.max(slice.from, slice.to - SESSION_MS),
    sessionsEnd: slice.to + SESSION_MS + 1,
  }),
  hashes: slice.hashes.map(BigInt),
})
