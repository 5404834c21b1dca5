import { FootfallAnalytics, RequestValidation as AnalyticsValidation } from "@footfall/contracts/generated/analytics"
import { FootfallManagement, RequestValidation as ManagementValidation } from "@footfall/contracts/generated/management"
import { BadRequest } from "@footfall/contracts/generated/shared"
import { type FieldError, layerRequestValidation } from "@footfall/contracts/runtime"
import { ApiKeys } from "@footfall/control-plane/ApiKeys"
import { Members } from "@footfall/control-plane/Members"
import { Projects } from "@footfall/control-plane/Projects"
import { SignInNetworks } from "@footfall/control-plane/SignInNetworks"
import * as ClickHouse from "@footfall/platform/ClickHouse"
import { serve } from "@footfall/platform/HttpService"
import * as Postgres from "@footfall/platform/Postgres"
import { Layer } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import * as AccountsBetterAuth from "@footfall/access/AccountsBetterAuth"
import * as SetupCodeSecret from "@footfall/access/SetupCodeSecret"
import * as WarehouseClickHouse from "@footfall/analytics/WarehouseClickHouse"
import { Access } from "@footfall/access/Access"
import { Questions } from "@footfall/analytics/Questions"
import { SignInLimits } from "@footfall/access/SignInLimits"
import * as analytics from "./http/analytics.ts"
import * as bearer from "./http/bearer.ts"
import * as cors from "./http/cors.ts"
import * as docs from "./http/docs.ts"
import * as health from "./http/health.ts"
import * as hosts from "./http/hosts.ts"
import * as origins from "./http/origins.ts"
import * as projects from "./http/projects.ts"
import * as sessions from "./http/sessions.ts"
import * as setup from "./http/setup.ts"

const invalid = (errors: ReadonlyArray<FieldError>) =>
  new BadRequest({ detail: "Invalid request. `errors` lists each field and what is wrong with it.", errors })

const controlPlane = Layer.mergeAll(Projects.layer, ApiKeys.layer, Members.layer, SignInNetworks.layer).pipe(Layer.provide(Postgres.layer))

const domain = Layer.mergeAll(Questions.layer, Access.layer, SetupCodeSecret.layer, SignInLimits.layer, AccountsBetterAuth.layer).pipe(
  Layer.provideMerge(WarehouseClickHouse.layer),
  Layer.provideMerge(controlPlane),
  Layer.provide(ClickHouse.layer),
)

/** Every route of query, over real stores. */
export const routes = Layer.mergeAll(
  HttpApiBuilder.layer(FootfallAnalytics).pipe(Layer.provide(analytics.layer)),
  HttpApiBuilder.layer(FootfallManagement).pipe(Layer.provide([setup.layer, sessions.layer, projects.layer, docs.layer, health.layer])),
  hosts.layer,
  origins.layer,
  cors.layer,
).pipe(
  Layer.provide([
    bearer.layer,
    layerRequestValidation(AnalyticsValidation, invalid),
    layerRequestValidation(ManagementValidation, invalid),
  ]),
  Layer.provide(domain),
)

/** query at `HOST`:`PORT`, 3002 unless set. Bodies are small: 64 KiB. */
export const service = serve(routes, { port: 3002, maxBodyBytes: 64 * 1024 })
