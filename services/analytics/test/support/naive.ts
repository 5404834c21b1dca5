import type { Filter } from "../../src/domain/Filter.ts"
import type { Metrics } from "../../src/metrics.ts"
import type { TestEvent, TestSession } from "./traffic.ts"

/** Whether an event meets a filter. */
const meets = (event: TestEvent, filter: Filter): boolean => {
  if ("and" in filter) return filter.and.every((part) => meets(event, part))
  if ("or" in filter) return filter.or.some((part) => meets(event, part))
  if ("not" in filter) return !meets(event, filter.not)
  return filter.values.includes(event.values[filter.dimension]) === (filter.operator === "is")
}

/** The definitions of the contract, computed the slow and obvious way. */
export const matching = (sessions: ReadonlyArray<TestSession>, filter: Filter): ReadonlyArray<TestEvent> =>
  sessions.flatMap(({ events }) => events).filter((event) => meets(event, filter))

const startOf = ({ events }: TestSession) => events[0]?.at ?? 0
const within = (at: number, from: number, to: number) => at >= from && at < to

/** Every metric of a range, by its definition. */
export const metrics = (events: ReadonlyArray<TestEvent>, from: number, to: number) => {
  const inside = events.filter(({ at }) => within(at, from, to))
  const visits = [...new Set(events.map(({ session }) => session))].filter((session) => within(startOf(session), from, to))
  const bounces = visits.filter(({ events }) => events.length === 1 && events[0]?.kind === "pageview").length
  const seconds = visits.reduce((sum, session) => sum + ((session.events.at(-1)?.at ?? 0) - startOf(session)) / 1000, 0)
  return {
    visitors: new Set(inside.map(({ person }) => person)).size,
    visits: visits.length,
    pageviews: inside.filter(({ kind }) => kind === "pageview").length,
    events: inside.filter(({ kind }) => kind === "event").length,
    bounceRate: visits.length === 0 ? null : bounces / visits.length,
    visitDuration: visits.length === 0 ? null : seconds / visits.length,
  } satisfies Required<Metrics>
}
