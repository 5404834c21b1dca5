// Generated from openapi/ingest.yaml by contracts/generator - do not edit.
// Change the specification, then run: pnpm generate
import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiMiddleware, HttpApiSchema, HttpApiSecurity, OpenApi } from "effect/http-api"
import { Principal } from "../principal.ts"
import { pattern } from "../runtime.ts"
import {
  BadRequestResponse,
  ForbiddenResponse,
  Health,
  NotFoundResponse,
  PayloadTooLargeResponse,
  Receipt,
  ServiceUnavailableResponse,
  TooManyRequestsResponse,
  UnauthorizedResponse,
  UnsupportedMediaTypeResponse,
} from "./shared.ts"

/** Answers a request that does not match the contract. */
export class RequestValidation extends HttpApiMiddleware.Service<RequestValidation>()(
  "@footfall/contracts/FootfallIngest/RequestValidation",
  {
    error: BadRequestResponse,
  },
) {}

export const projectKeyScheme = HttpApiSecurity.bearer

/** Reads a credential when there is one and provides the Principal behind it. */
export class ProjectKeyOptional extends HttpApiMiddleware.Service<ProjectKeyOptional, { provides: Principal }>()(
  "@footfall/contracts/FootfallIngest/ProjectKeyOptional",
  {
    error: UnauthorizedResponse,
    security: { projectKey: projectKeyScheme },
  },
) {}

const createEvents = HttpApiEndpoint.post("createEvents", "/v1/events", {
  success: Receipt.pipe(HttpApiSchema.status(202)),
  error: [
    UnauthorizedResponse,
    ForbiddenResponse,
    PayloadTooLargeResponse,
    UnsupportedMediaTypeResponse,
    TooManyRequestsResponse,
    ServiceUnavailableResponse,
  ],
})
  .middleware(RequestValidation)
  .middleware(ProjectKeyOptional)
  .annotate(OpenApi.Identifier, "createEvents")
  .annotate(OpenApi.Summary, "Accept a batch of events of one sender")

const getScript = HttpApiEndpoint.get("getScript", "/script.js", {
  success: Schema.String.pipe(HttpApiSchema.asText({ contentType: "text/javascript" })),
})
  .annotate(OpenApi.Identifier, "getScript")
  .annotate(OpenApi.Summary, "The browser tracker")

const getPinnedScript = HttpApiEndpoint.get("getPinnedScript", "/script.:hash.js", {
  params: Schema.Struct({
    hash: Schema.String.check(pattern("^[0-9a-f]{16}$", "16 hexadecimal digits")),
  }),
  success: Schema.String.pipe(HttpApiSchema.asText({ contentType: "text/javascript" })),
  error: NotFoundResponse,
})
  .middleware(RequestValidation)
  .annotate(OpenApi.Identifier, "getPinnedScript")
  .annotate(OpenApi.Summary, "The browser tracker at an address that never changes")

const getScriptVersion = HttpApiEndpoint.get("getScriptVersion", "/script.json", {
  success: Schema.Struct({
    file: Schema.String,
    integrity: Schema.String,
  }),
})
  .annotate(OpenApi.Identifier, "getScriptVersion")
  .annotate(OpenApi.Summary, "The address and the hash of the present tracker")

const getLiveness = HttpApiEndpoint.get("getLiveness", "/health/live", {
  success: Health,
})
  .annotate(OpenApi.Identifier, "getLiveness")
  .annotate(OpenApi.Summary, "Whether the process is running")

const getReadiness = HttpApiEndpoint.get("getReadiness", "/health/ready", {
  success: Health,
  error: ServiceUnavailableResponse,
})
  .annotate(OpenApi.Identifier, "getReadiness")
  .annotate(OpenApi.Summary, "Whether events can be accepted now")

export class EventsGroup extends HttpApiGroup.make("events").add(createEvents) {}

export class TrackerGroup extends HttpApiGroup.make("tracker").add(getScript).add(getPinnedScript).add(getScriptVersion) {}

export class HealthGroup extends HttpApiGroup.make("health").add(getLiveness).add(getReadiness) {}

export class FootfallIngest extends HttpApi.make("FootfallIngest")
  .annotate(HttpApi.QueryParseOptions, { errors: "all", onExcessProperty: "error" })
  .annotate(OpenApi.Title, "Footfall Ingest")
  .annotate(OpenApi.Version, "1.0.0")
  .add(EventsGroup, TrackerGroup, HealthGroup) {}
