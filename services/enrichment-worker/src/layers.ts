import { Salts } from "@footfall/control-plane/Salts"
import * as ErasureRedis from "@footfall/event-log/ErasureRedis"
import * as PartitionLogRedis from "@footfall/event-log/PartitionLogRedis"
import { configuredPartitions } from "@footfall/event-log/partition"
import { PartitionLog } from "@footfall/event-log/PartitionLog"
import * as ClickHouse from "@footfall/platform/ClickHouse"
import * as Health from "@footfall/platform/Health"
import { serve } from "@footfall/platform/HttpService"
import * as Redis from "@footfall/platform/Redis"
import { Effect, Layer } from "effect"
import { HttpRouter, HttpServerResponse } from "effect/http"
import * as GeoMaxmind from "./adapters/GeoMaxmind.ts"
import * as Erasing from "./pipeline/erasing.ts"
import * as Owner from "./pipeline/owner.ts"

const Log = Layer.merge(PartitionLogRedis.layer, ErasureRedis.layer).pipe(Layer.provide(Redis.layer))

const Engines = Layer.mergeAll(Log, Salts.layer.pipe(Layer.provide(Redis.layer)), ClickHouse.layer, GeoMaxmind.layer)

/**
 * Ready while the log answers and no partition fails again and again. With ClickHouse away events wait on the log, and restarting this
 * worker would not help.
 */
const Ready = Layer.unwrap(
  Effect.map(Owner.Owner, (owner) => {
    const why = () => {
      if (!owner.alive()) return "The event log does not answer."
      const failing = owner.failing().map(({ partition, reason }) => `partition ${partition} (${reason})`)
      return failing.length === 0 ? undefined : `Failing again and again: ${failing.join(", ")}`
    }
    return Health.layerRoutes(
      Effect.suspend(() => {
        const reason = why()
        return reason === undefined ? Effect.void : Effect.fail(new Health.NotReady({ why: reason }))
      }),
    )
  }),
)

const LagRoute = Layer.unwrap(
  Effect.gen(function* () {
    const log = yield* PartitionLog
    const owner = yield* Owner.Owner
    const count = yield* configuredPartitions
    const lag = Effect.gen(function* () {
      const partitions = yield* Effect.forEach(
        Array.from({ length: count }, (_, partition) => partition),
        (partition) => Effect.map(log.lag(partition), (behind) => ({ partition, ...behind })),
      )
      return HttpServerResponse.jsonUnsafe({ owned: owner.owned(), partitions })
    })
    return HttpRouter.add("GET", "/health/lag", Effect.orDie(lag))
  }),
)

/** The whole worker: its share of the partitions, and health over HTTP. */
export const layer = serve(Layer.mergeAll(Ready, LagRoute, Erasing.layer), { port: 3003 }).pipe(
  Layer.provide(Owner.layer),
  Layer.provide(Engines),
)
