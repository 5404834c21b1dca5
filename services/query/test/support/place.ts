import { createClient } from "@clickhouse/client"
import { migrate as migrateControlPlane } from "@footfall/control-plane/migrate"
import * as Postgres from "@footfall/platform/Postgres"
import { migrate as migrateWarehouse } from "@footfall/warehouse/migrate"
import { ConfigProvider, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"
import pg from "pg"

/** The code with which a test sets up its instance. */
export const SETUP_CODE = "ABCDE-FGHIJ-KLMNO"

/** The environment of a service whose databases are the test's own; migrated, and dropped with the scope. */
export const place = Effect.gen(function* () {
  const name = `t_${randomBytes(6).toString("hex")}`
  const clickhouse = createClient({ url: process.env["CLICKHOUSE_URL"] ?? "" })
  const postgres = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  yield* Effect.acquireRelease(
    Effect.promise(async () => {
      await postgres.connect()
      await postgres.query(`CREATE DATABASE ${name}`)
    }),
    () =>
      Effect.promise(async () => {
        await clickhouse.command({ query: `DROP DATABASE IF EXISTS ${name}` })
        await postgres.query(`DROP DATABASE ${name} WITH (FORCE)`)
        await Promise.all([clickhouse.close(), postgres.end()])
      }),
  )
  const databaseUrl = new URL(process.env["DATABASE_URL"] ?? "")
  databaseUrl.pathname = `/${name}`
  const env: Readonly<Record<string, string>> = {
    CLICKHOUSE_URL: process.env["CLICKHOUSE_URL"] ?? "",
    CLICKHOUSE_DATABASE: name,
    DATABASE_URL: databaseUrl.href,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    SETUP_CODE,
  }
  const config = configOf(env)
  yield* Effect.andThen(migrateControlPlane, migrateWarehouse).pipe(Effect.provide(Layer.fresh(Postgres.layer)), Effect.provide(config))
  return env
})

/** An environment as configuration. */
export const configOf = (env: Readonly<Record<string, string>>) => ConfigProvider.layer(ConfigProvider.fromUnknown(env))
