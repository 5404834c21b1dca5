import { assert, describe, it } from "@effect/vitest"
import { ClickHouse } from "@footfall/platform/ClickHouse"
import { Effect, Schema } from "effect"
import { readdirSync } from "node:fs"
import { columns, type Table } from "../src/insert.ts"
import { migrate } from "../src/migrate.ts"
import { withWarehouse } from "./warehouse.ts"

const files = readdirSync(new URL("../migrations/", import.meta.url))
  .map((name) => name.replace(/\.sql$/, ""))
  .sort()

describe("migrations of the warehouse", () => {
  it.live("make the database and everything in it; a second run finds nothing to do", () =>
    withWarehouse(() =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* migrate, files)
        assert.deepStrictEqual(yield* migrate, [])
      }),
    ),
  )

  it.live("two processes that migrate at once wait for each other: every migration runs once", () =>
    withWarehouse(() =>
      Effect.gen(function* () {
        const ran = yield* Effect.all([migrate, migrate, migrate], { concurrency: 3 })
        assert.deepStrictEqual(ran.flat().sort(), files)
      }),
    ),
  )

  it.live("a migration that ran and was changed afterwards is refused by name", () =>
    withWarehouse(() =>
      Effect.gen(function* () {
        yield* migrate
        const clickhouse = yield* ClickHouse
        yield* clickhouse.command("INSERT INTO schema_migrations (id, hash, applied_at) VALUES ({id:String}, 'other', now64(3) + 10)", {
          id: files[0]!,
        })
        const refused = yield* Effect.flip(migrate)
        assert.deepInclude(refused, { _tag: "MigrationChanged", id: files[0]! })
      }),
    ),
  )

  it.live("a migration that ran and is gone is refused by name", () =>
    withWarehouse(() =>
      Effect.gen(function* () {
        yield* migrate
        const clickhouse = yield* ClickHouse
        yield* clickhouse.command("INSERT INTO schema_migrations (id, hash) VALUES ('9999_future', 'x')")
        assert.deepInclude(yield* Effect.flip(migrate), { _tag: "MigrationChanged", id: "9999_future" })
      }),
    ),
  )

  it.live("the tables have exactly the columns that rows are written for, and remember the tokens of 10,000 blocks", () =>
    withWarehouse((database) =>
      Effect.gen(function* () {
        yield* migrate
        const clickhouse = yield* ClickHouse
        for (const table of Object.keys(columns) as ReadonlyArray<Table>) {
          const found = yield* clickhouse.query({
            sql: "SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String}",
            params: { database, table },
            row: Schema.Struct({ name: Schema.String }),
          })
          assert.sameMembers(
            found.rows.map(({ name }) => name),
            [...columns[table]],
          )
          const made = yield* clickhouse.query({
            sql: "SELECT create_table_query AS text FROM system.tables WHERE database = {database:String} AND name = {table:String}",
            params: { database, table },
            row: Schema.Struct({ text: Schema.String }),
          })
          assert.include(made.rows[0]?.text, "non_replicated_deduplication_window = 10000")
        }
      }),
    ),
  )
})
