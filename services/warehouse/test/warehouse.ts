import * as ClickHouse from "@footfall/platform/ClickHouse"
import * as Postgres from "@footfall/platform/Postgres"
import { ConfigProvider, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"

/** Runs with a ClickHouse database name of its own, which does not exist yet; drops it afterwards. */
export const withWarehouse = <A, E>(
  use: (database: string) => Effect.Effect<A, E, ClickHouse.ClickHouse | Layer.Success<typeof Postgres.layer>>,
) => {
  const database = `warehouse_${randomBytes(5).toString("hex")}`
  const env = { CLICKHOUSE_URL: process.env["CLICKHOUSE_URL"], DATABASE_URL: process.env["DATABASE_URL"] }
  const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ ...env, CLICKHOUSE_DATABASE: database }))
  const drop = Effect.flatMap(ClickHouse.ClickHouse, (clickhouse) =>
    clickhouse.command("DROP DATABASE IF EXISTS {name:Identifier}", { name: database }),
  ).pipe(
    Effect.provide(
      Layer.fresh(ClickHouse.layer).pipe(
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ ...env, CLICKHOUSE_DATABASE: "default" }))),
      ),
    ),
  )
  return use(database).pipe(
    Effect.provide(Layer.mergeAll(Layer.fresh(ClickHouse.layer), Layer.fresh(Postgres.layer)).pipe(Layer.provideMerge(config))),
    Effect.ensuring(Effect.orDie(drop)),
  )
}
