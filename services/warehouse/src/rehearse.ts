import type { ClickHouse, ClickHouseRejected } from "@footfall/platform/ClickHouse"
import { Effect, Schema } from "effect"
import { blockOf, columns, type Table } from "./insert.ts"

/**
 * Codes by which ClickHouse says that it cannot read a row: text, number, time, UUID, enum or JSON that it cannot parse, a value
 * of the wrong type, out of range, too large or too deep. Every other refusal is about the statement, the table or us.
 */
const UNREADABLE = new Set(`6 25 26 27 32 33 38 41 53 69 72 117 128 130 131 190 306 321 349 376 407 467 691`.split(" "))

/** Whether a refusal of an insert may be the fault of one of its rows. */
export const mayBeARow = ({ code }: ClickHouseRejected): boolean => UNREADABLE.has(code)

const COLUMNS = "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String}"

/**
 * Has ClickHouse read rows as it would for an insert into `table`, without storing them. Fails as that insert would when a row
 * cannot be read. What refuses even no rows at all is not the fault of a row.
 */
export const rehearse = Effect.fn("warehouse.rehearse")(function* (
  clickhouse: ClickHouse["Service"],
  table: Table,
  lines: ReadonlyArray<string>,
) {
  const row = Schema.Struct({ name: Schema.String, type: Schema.String })
  const known = yield* clickhouse.query({ sql: COLUMNS, params: { table }, row })
  const types = new Map(known.rows.map(({ name, type }) => [name, type]))
  const structure = columns[table].map((name) => `${name} ${types.get(name)}`).join(", ")
  const nowhere = `FUNCTION null('${structure.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}')`
  yield* clickhouse.insert({ ...blockOf(table, lines, ""), table: nowhere })
})
