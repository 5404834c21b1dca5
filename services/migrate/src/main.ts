import { migrate as migrateControlPlane } from "@footfall/control-plane/migrate"
import * as Postgres from "@footfall/platform/Postgres"
import { layerLogging } from "@footfall/platform/Service"
import { migrate as migrateWarehouse } from "@footfall/warehouse/migrate"
import { NodeRuntime } from "@effect/platform-node"
import { Effect, Layer } from "effect"

/** Brings both stores to the newest version, then ends. Run it before the services start; running it again changes nothing. */
const program = Effect.gen(function* () {
  const controlPlane = yield* migrateControlPlane
  const warehouse = yield* migrateWarehouse
  yield* Effect.logInfo("migrated", { controlPlane: controlPlane.map(([, name]) => name), warehouse })
})

program.pipe(Effect.provide(Layer.mergeAll(Postgres.layer, layerLogging)), NodeRuntime.runMain)
