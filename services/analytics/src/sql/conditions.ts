import type { Table } from "../metrics.ts"
import { all } from "./all.ts"

/** Nothing is stored before 1970 or after 2100; hours outside would leave the range of DateTime. */
const within = (millis: number) => Math.min(Math.max(Math.trunc(millis), 0), 4_102_444_800_000)

/** A bound instant. */
export const instant = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

/** What {@link instant} binds for times in epoch milliseconds. */
export const instants = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, within(value)]))

/** What keeps a statement inside its project. Every table in every statement has it. */
export const PROJECT = "project_id = {project:UInt64}"

/** The time of a row: when the event happened, when the session began. */
export const timeOf = (table: Table) => (table === "events" ? "timestamp" : "started_at")

/** Whether the time of a row lies between two bound instants, the second one excluded. */
export const inside = (column: "timestamp" | "started_at", from: string, to: string) =>
  all(`${column} >= ${instant(from)}`, `${column} < ${instant(to)}`)

/**
 * Rows whose time lies between two bound instants, the second one excluded. The tables are ordered by the hour, which ClickHouse
 * does not conclude from a condition on the time itself; without the hours it reads whole months of the project.
 */
export const between = (column: "timestamp" | "started_at", from = "from", to = "to") =>
  all(
    inside(column, from, to),
    `toStartOfHour(${column}) >= toStartOfHour(${instant(from)})`,
    `toStartOfHour(${column}) <= toStartOfHour(${instant(to)})`,
  )
