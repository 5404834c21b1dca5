import { createClient } from "@clickhouse/client"
import * as Postgres from "@footfall/platform/Postgres"
import { migrate } from "@footfall/warehouse/migrate"
import { ConfigProvider, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"

/** An environment as configuration. */
export const configOf = (env: Readonly<Record<string, string>>) => ConfigProvider.layer(ConfigProvider.fromUnknown(env))

/** The environment of a warehouse of the test's own; migrated, and dropped with the scope. */
export const warehouse = Effect.gen(function* () {
  const env = {
    CLICKHOUSE_URL: process.env["CLICKHOUSE_URL"] ?? "",
    CLICKHOUSE_DATABASE: `t_${randomBytes(6).toString("hex")}`,
    DATABASE_URL: process.env["DATABASE_URL"] ?? "",
  }
  const client = createClient({ url: env.CLICKHOUSE_URL })
  yield* Effect.addFinalizer(() =>
    Effect.promise(async () => {
      await client.command({ query: `DROP DATABASE IF EXISTS ${env.CLICKHOUSE_DATABASE}` })
      await client.close()
    }),
  )
  yield* migrate.pipe(Effect.provide(Layer.fresh(Postgres.layer)), Effect.provide(configOf(env)))
  return env
})

/** Inserts rows as they are into a table of a warehouse. */
export const insertRows = (env: Readonly<Record<string, string>>, table: string, values: ReadonlyArray<unknown>) =>
  Effect.promise(async () => {
    const client = createClient({ url: env["CLICKHOUSE_URL"] ?? "", database: env["CLICKHOUSE_DATABASE"] ?? "" })
    // Without collapsing on insert: outdated states and their cancellations stay, as they do between merges.
    await client.insert({ table, values: [...values], format: "JSONEachRow", clickhouse_settings: { optimize_on_insert: 0 } })
    await client.close()
  })
