import { migrate } from "@footfall/control-plane/migrate"
import * as Postgres from "@footfall/platform/Postgres"
import { ConfigProvider, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { randomBytes } from "node:crypto"

/** A client of the database at a URL. */
export const at = (url: string) =>
  Layer.fresh(Postgres.layer).pipe(Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ DATABASE_URL: url }))))

const onServer = (url: string, statement: string) =>
  Effect.gen(function* () {
    yield* (yield* SqlClient.SqlClient).unsafe(statement)
  }).pipe(Effect.provide(at(url)), Effect.orDie)

/** The URL of a migrated database of the test's own. */
export const database = Effect.gen(function* () {
  const server = process.env["DATABASE_URL"] ?? ""
  const name = `t_${randomBytes(6).toString("hex")}`
  yield* Effect.acquireRelease(onServer(server, `CREATE DATABASE ${name}`), () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  yield* migrate.pipe(Effect.provide(at(url.href)), Effect.orDie)
  return url.href
})
