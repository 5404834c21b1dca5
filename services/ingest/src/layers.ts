import { RequestValidation } from "@footfall/contracts/generated/ingest"
import { BadRequest } from "@footfall/contracts/generated/shared"
import { layerRequestValidation } from "@footfall/contracts/runtime"
import * as ApiKeysCached from "@footfall/control-plane/ApiKeysCached"
import { ApiKeys } from "@footfall/control-plane/ApiKeys"
import { Salts } from "@footfall/control-plane/Salts"
import * as SaltsCached from "@footfall/control-plane/SaltsCached"
import * as EventLogRedis from "@footfall/event-log/EventLogRedis"
import { serve } from "@footfall/platform/HttpService"
import * as Postgres from "@footfall/platform/Postgres"
import * as Redis from "@footfall/platform/Redis"
import { Layer } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import * as InstallationKeySecret from "./adapters/InstallationKeySecret.ts"
import { Collector } from "./domain/Collector.ts"
import { Intake } from "./domain/Intake.ts"
import { RateLimit } from "./domain/RateLimit.ts"
import { Strangers } from "./domain/Strangers.ts"
import { Visitors } from "./domain/Visitors.ts"
import * as createEvents from "./http/createEvents.ts"
import * as health from "./http/health.ts"
import * as script from "./http/script.ts"
import { ServedApi } from "./http/ServedApi.ts"

/** Every route, over ports that a test may fill in its own way. */
export const routes = Layer.mergeAll(
  HttpApiBuilder.layer(ServedApi).pipe(
    Layer.provide([script.layer, health.layer]),
    Layer.provide(layerRequestValidation(RequestValidation, (errors) => new BadRequest({ detail: "The request is not valid.", errors }))),
  ),
  createEvents.layer,
).pipe(
  Layer.provide([Intake.layer, Strangers.layer]),
  Layer.provide([Visitors.layer.pipe(Layer.provide(InstallationKeySecret.layer)), RateLimit.layer, Collector.layer]),
)

const controlPlane = Layer.mergeAll(
  ApiKeysCached.layer.pipe(Layer.provide(ApiKeys.layer), Layer.provide(Postgres.layer)),
  SaltsCached.layer.pipe(Layer.provide(Salts.layer), Layer.provide(Redis.layer)),
)

const eventLog = EventLogRedis.layer.pipe(Layer.provide(Redis.layer))

/** The whole service. Requests to `/v1/events` are never traced: they are too many. */
export const service = serve(routes, { port: 3001, untraced: (request) => request.url.startsWith("/v1/events") }).pipe(
  Layer.provide([controlPlane, eventLog]),
)
