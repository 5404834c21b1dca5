import * as ClickHouse from "@footfall/platform/ClickHouse"
import { Config, ConfigProvider, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"

/** A migration that ran before was changed or removed; the history of the warehouse is append-only. */
export class MigrationChanged extends Schema.TaggedError<MigrationChanged>()("MigrationChanged", { id: Schema.String }) {}

interface Migration {
  readonly id: string
  readonly hash: string
  readonly statements: ReadonlyArray<string>
}

const FOLDER = new URL("../migrations/", import.meta.url)

/** Key of the Postgres advisory lock; any constant that nothing else locks. */
const LOCK = 727_001

const load = (): ReadonlyArray<Migration> =>
  readdirSync(FOLDER)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), "utf8")
      return {
        id: name.slice(0, -".sql".length),
        hash: createHash("sha256").update(text).digest("hex"),
        statements: text
          .split(/;\s*$/m)
          .map((statement) => statement.trim())
          .filter((statement) => statement !== ""),
      }
    })

const CREATE_HISTORY = `CREATE TABLE IF NOT EXISTS schema_migrations (id String, hash String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = ReplacingMergeTree(applied_at) ORDER BY id`

const createDatabase = Effect.gen(function* () {
  const database = yield* Config.String("CLICKHOUSE_DATABASE").pipe(Config.withDefault("footfall"))
  const environment = yield* ConfigProvider.ConfigProvider
  // A connection to a database that does not exist cannot create it.
  const elsewhere = ConfigProvider.orElse(ConfigProvider.fromUnknown({ CLICKHOUSE_DATABASE: "default" }), environment)
  const outside = Layer.fresh(ClickHouse.layer).pipe(Layer.provide(Layer.succeed(ConfigProvider.ConfigProvider, elsewhere)))
  yield* Effect.flatMap(ClickHouse.ClickHouse, (clickhouse) =>
    clickhouse.command("CREATE DATABASE IF NOT EXISTS {database:Identifier}", { database }),
  ).pipe(Effect.provide(outside, { local: true }))
})

const applyAll = Effect.gen(function* () {
  const clickhouse = yield* ClickHouse.ClickHouse
  yield* clickhouse.command(CREATE_HISTORY)
  const row = Schema.Struct({ id: Schema.String, hash: Schema.String })
  const history = yield* clickhouse.query({ sql: "SELECT id, hash FROM schema_migrations FINAL ORDER BY id", params: {}, row })
  const applied = new Map(history.rows.map(({ id, hash }) => [id, hash]))
  const migrations = load()
  const gone = [...applied.keys()].find((id) => !migrations.some((migration) => migration.id === id))
  if (gone !== undefined) return yield* new MigrationChanged({ id: gone })
  const ran: Array<string> = []
  for (const { id, hash, statements } of migrations) {
    const before = applied.get(id)
    if (before === hash) continue
    if (before !== undefined) return yield* new MigrationChanged({ id })
    for (const statement of statements) yield* clickhouse.command(statement)
    yield* clickhouse.command("INSERT INTO schema_migrations (id, hash) VALUES ({id:String}, {hash:String})", { id, hash })
    ran.push(id)
  }
  return ran
})

/**
 * Brings the warehouse to the newest schema and tells which migrations ran. Creates the database when it is missing; two
 * processes that migrate at once wait for each other through a Postgres advisory lock, which ends with its connection. A
 * migration that died halfway runs again, so its statements say IF NOT EXISTS.
 */
export const migrate = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* sql`SELECT pg_advisory_xact_lock(${LOCK})`
      yield* createDatabase
      return yield* applyAll.pipe(Effect.provide(ClickHouse.layer))
    }),
  )
})
