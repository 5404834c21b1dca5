import type { Dimension } from "../domain/dimensions.ts"
import type { Slice } from "../domain/Statistics.ts"
import { all } from "./all.ts"
import { filterParams } from "./filters.ts"

/** Nothing is stored before 1970 or after 2100; hours outside would leave the range of DateTime. */
const within = (millis: number) => Math.min(Math.max(Math.trunc(millis), 0), 4_102_444_800_000)

/** A bound instant. */
export const instant = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

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

/** Which events have a value of a dimension at all: only custom events have a name. */
export const having = (dimension: Dimension) => (dimension === "event" ? "kind = 'event'" : "")

/** The parameters that every question about a slice binds. */
export const sliceParams = ({ projectId, from, to, filter }: Slice) => ({
  project: projectId,
  from: within(from),
  to: within(to),
  ...filterParams(filter),
})

/** Parameters for instants around a range. */
export const instants = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, within(value)]))
