import { assert, describe, it } from "@effect/vitest"
import { testStack } from "@footfall/local/stack"
import * as ClickHouseDriver from "@footfall/platform/ClickHouse"
import * as Postgres from "@footfall/platform/Postgres"
import { ConfigProvider, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"

/** Engines of this test's own, and the drivers that speak to them. */
const withDrivers = Effect.fnUntraced(function* <A, E>(
  use: (stack: Awaited<ReturnType<typeof testStack>>) => Effect.Effect<A, E, ClickHouseDriver.ClickHouse | SqlClient.SqlClient>,
) {
  const stack = yield* Effect.acquireRelease(
    Effect.promise(() => testStack(true)),
    (running) => Effect.promise(() => running.stop()),
  )
  const config = ConfigProvider.layer(
    ConfigProvider.fromUnknown({ CLICKHOUSE_URL: stack.clickhouseUrl, CLICKHOUSE_DATABASE: "default", DATABASE_URL: stack.databaseUrl }),
  )
  return yield* use(stack).pipe(Effect.provide(Layer.mergeAll(ClickHouseDriver.layer, Postgres.layer).pipe(Layer.provide(config))))
})

const TABLE = "CREATE TABLE t (a UInt64, s String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100"
const block = { table: "t", columns: ["a", "s"], format: "JSONCompactEachRow" } as const

describe("the drivers on real engines", () => {
  it.live("a block is inserted once per token, and answers tell what was read", () =>
    withDrivers(() =>
      Effect.gen(function* () {
        const clickhouse = yield* ClickHouseDriver.ClickHouse
        yield* clickhouse.command(TABLE)
        const bytes = Buffer.from('["18446744073709551615", "x"]\n["2", "y"]\n')
        for (let i = 0; i < 3; i++) yield* clickhouse.insert({ ...block, bytes, token: "first" })
        const answer = yield* clickhouse.query({
          sql: "SELECT a, s FROM t WHERE a >= {min:UInt64} ORDER BY a",
          params: { min: 2 },
          row: Schema.Struct({ a: Schema.String, s: Schema.String }),
          settings: { readonly: "2" },
        })
        assert.deepStrictEqual(answer.rows, [
          { a: "2", s: "y" },
          { a: "18446744073709551615", s: "x" },
        ])
        assert.strictEqual(answer.read.rows, 2)
      }),
    ),
  )

  it.live("a statement that is wrong is told from an engine that is away", () =>
    withDrivers((stack) =>
      Effect.gen(function* () {
        const clickhouse = yield* ClickHouseDriver.ClickHouse
        yield* clickhouse.command(TABLE)
        const rejected = yield* Effect.flip(clickhouse.query({ sql: "SELECT nope FROM t", params: {}, row: Schema.Struct({}) }))
        assert.strictEqual(rejected._tag, "ClickHouseRejected")
        const malformed = yield* Effect.flip(clickhouse.insert({ ...block, bytes: Buffer.from('["x"'), token: "second" }))
        assert.strictEqual(malformed._tag, "ClickHouseRejected")
        yield* Effect.promise(() => stack.kill("clickhouse"))
        assert.strictEqual((yield* Effect.flip(clickhouse.ping))._tag, "ClickHouseUnavailable")
        assert.strictEqual((yield* Effect.flip(clickhouse.command("SELECT 1")))._tag, "ClickHouseUnavailable")
      }),
    ),
  )

  it.live("Postgres that comes back is used again without a restart", () =>
    withDrivers((stack) =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        yield* Effect.promise(() => stack.kill("postgres"))
        assert.strictEqual((yield* Effect.flip(Postgres.orUnavailable(sql`SELECT 1`)))._tag, "PostgresUnavailable")
        yield* Effect.promise(() => stack.start("postgres"))
        assert.deepStrictEqual(yield* Postgres.orUnavailable(sql`SELECT 2 AS two`), [{ two: 2 }])
      }),
    ),
  )
})
