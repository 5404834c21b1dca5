import * as Postgres from "@footfall/platform/Postgres"
import { ConfigProvider, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"
import pg from "pg"
import { migrate } from "../../src/migrate.ts"

const admin = async (statement: string) => {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** The URL of an empty database of the test's own, dropped with the scope. */
export const emptyDatabase = Effect.gen(function* () {
  const name = `t_${randomBytes(6).toString("hex")}`
  yield* Effect.acquireRelease(
    Effect.promise(() => admin(`CREATE DATABASE ${name}`)),
    () => Effect.promise(() => admin(`DROP DATABASE ${name} WITH (FORCE)`)),
  )
  const url = new URL(process.env["DATABASE_URL"] ?? "")
  url.pathname = `/${name}`
  return url.href
})

/** A client of the database at a URL. */
export const connected = (url: string) =>
  Layer.fresh(Postgres.layer).pipe(Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ DATABASE_URL: url }))))

/** A client of a fresh, migrated database. */
export const migrated = Layer.unwrap(
  Effect.gen(function* () {
    const client = connected(yield* emptyDatabase)
    return Layer.effectDiscard(migrate).pipe(Layer.provideMerge(client))
  }),
)
