import type { Dimension, Filter } from "../domain/Filter.ts"
import type { Slice } from "../domain/Statistics.ts"
import { COLUMN } from "./columns.ts"

/** Nothing is stored before 1970 or after 2100; hours outside would leave the range of DateTime. */
const within = (millis: number) => Math.min(Math.max(Math.trunc(millis), 0), 4_102_444_800_000)

/** A bound instant. */
export const instant = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

/** Conditions that all hold, for WHERE. Text comes from here and from closed enumerations; values are bound. */
export const all = (...conditions: ReadonlyArray<string>) => conditions.filter((condition) => condition !== "").join(" AND ")

/** What keeps a statement inside its project. Every table in every statement has it. */
export const PROJECT = "project_id = {project:UInt64}"

/**
 * Rows whose time lies between two bound instants, the second one excluded. The tables are ordered by the hour, which ClickHouse
 * does not conclude from a condition on the time itself; without the hours it reads whole months of the project.
 */
export const between = (column: "timestamp" | "started_at", from: string, to: string) =>
  all(
    `${column} >= ${instant(from)}`,
    `${column} < ${instant(to)}`,
    `toStartOfHour(${column}) >= toStartOfHour(${instant(from)})`,
    `toStartOfHour(${column}) <= toStartOfHour(${instant(to)})`,
  )

/** Events of the range. */
export const EVENTS_RANGE = all(PROJECT, between("timestamp", "from", "to"))

/** Rows of sessions that started in the range. */
export const SESSIONS_RANGE = all(PROJECT, between("started_at", "from", "to"))

/**
 * Filters on the columns of events or sessions, with bound values; only those on some dimensions when `on` says so. Several `is` of a
 * dimension are one condition, met by any of their values.
 */
export const matches = (filters: ReadonlyArray<Filter>, on: (dimension: Dimension) => boolean = () => true) => {
  const bound = filters.map(({ dimension, operator }, index) => ({ dimension, operator, value: `{filter${index}:String}` }))
  const asked = bound.filter(({ dimension }) => on(dimension))
  const wanted = Map.groupBy(
    asked.filter(({ operator }) => operator === "is"),
    ({ dimension }) => dimension,
  )
  return all(
    ...[...wanted].map(([dimension, any]) => {
      const either = any.map(({ value }) => `${COLUMN[dimension]} = ${value}`).join(" OR ")
      return any.length > 1 ? `(${either})` : either
    }),
    ...asked.filter(({ operator }) => operator === "is_not").map(({ dimension, value }) => `${COLUMN[dimension]} != ${value}`),
  )
}

/** Which events have a value of a dimension at all: only custom events have a name. */
export const having = (dimension: Dimension) => (dimension === "event" ? "kind = 'event'" : "")

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
