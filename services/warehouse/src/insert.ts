import type { Block } from "@footfall/platform/ClickHouse"
import { botEventColumns, eventColumns } from "./EventRow.ts"
import { sessionColumns } from "./SessionRow.ts"

/** Tables that the worker fills. */
export type Table = "events" | "bot_events" | "sessions"

/** The columns of each table in the order in which its rows are encoded. */
export const columns: Readonly<Record<Table, ReadonlyArray<string>>> = {
  events: eventColumns,
  bot_events: botEventColumns,
  sessions: sessionColumns,
}

/**
 * How our rows are read: properties keep the types they were sent with (a text that looks like a date stays text), and of
 * two properties that mean one path (`"a.b"` and `a: { b }`) the first wins. An import may span any number of months.
 */
const settings = {
  input_format_try_infer_dates: 0,
  input_format_try_infer_datetimes: 0,
  type_json_skip_duplicated_paths: 1,
  max_partitions_per_insert_block: "0",
} as const

/** Encoded rows as one block that ClickHouse takes whole or not at all, and once per token. */
export const blockOf = (table: Table, lines: ReadonlyArray<string>, token: string): Block => ({
  table,
  columns: columns[table],
  format: "JSONCompactEachRow",
  bytes: Buffer.from(lines.join("")),
  token,
  settings,
})
