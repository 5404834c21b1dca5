import type { Filter } from "../domain/Filter.ts"
import type { Slice } from "../domain/Statistics.ts"
import { COLUMN } from "./columns.ts"

/** A session lasts at most this long, ms: its events lie within it of its start. */
export const SESSION_MS = 24 * 3_600_000

/** Nothing is stored before 1970 or after 2200; times outside would leave the range of DateTime64. */
const within = (millis: number) => Math.min(Math.max(Math.trunc(millis), 0), 7_258_118_400_000)

/** A bound instant. */
export const instant = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

/** Conditions that all hold, for WHERE. Text comes from here and from closed enumerations; values are bound. */
export const all = (...conditions: ReadonlyArray<string>) => conditions.filter((condition) => condition !== "").join(" AND ")

/** What keeps a statement inside its project. Every table in every statement has it. */
export const PROJECT = "project_id = {project:UInt64}"

/** Matching events of the range, and `after` milliseconds beyond. */
export const EVENTS_RANGE = `${PROJECT} AND timestamp >= ${instant("from")} AND timestamp < ${instant("to")}`

/** Rows of sessions that started in the range. */
export const SESSIONS_RANGE = `${PROJECT} AND started_at >= ${instant("from")} AND started_at < ${instant("to")}`

/** Filters on the columns of events or sessions, with bound values. */
export const matches = (filters: ReadonlyArray<Filter>) =>
  all(...filters.map(({ dimension, operator }, index) => `${COLUMN[dimension]} ${operator === "is" ? "=" : "!="} {filter${index}:String}`))

/** The parameters that every question about a slice binds. */
export const sliceParams = ({ projectId, from, to, filters }: Slice) => ({
  project: projectId,
  from: within(from),
  to: within(to),
  ...Object.fromEntries(filters.map(({ value }, index) => [`filter${index}`, value])),
})

/** Parameters for instants around a range. */
export const instants = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, within(value)]))
