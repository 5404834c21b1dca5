import { ClickHouse } from "@footfall/platform/ClickHouse"
import { Effect, Schema } from "effect"
import { blockOf, columns, type Table } from "./insert.ts"

const COLUMNS = "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String}"

/**
 * Has ClickHouse read rows as it would for an insert into `table`, without storing them. Fails as that insert would when a row
 * cannot be read.
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
