// Generated from openapi/management.yaml by contracts/generator - do not edit.
// Change the specification, then run: pnpm generate
import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiMiddleware, HttpApiSchema, HttpApiSecurity, OpenApi } from "effect/http-api"
import { Principal } from "../principal.ts"
import { RequiredScopes, format, json, maxItems, maxLength, minItems, minLength, pattern } from "../runtime.ts"
import {
  BadRequestResponse,
  ConflictResponse,
  ForbiddenResponse,
  Health,
  NotFoundResponse,
  PayloadTooLargeResponse,
  ProjectId,
  Role,
  Scope,
  SecretKeyId,
  ServiceUnavailableResponse,
  TooManyRequestsResponse,
  UnauthorizedResponse,
  UnsupportedMediaTypeResponse,
  UserId,
} from "./shared.ts"

export const SetupState = Schema.Struct({
  needed: Schema.Boolean,
}).annotate({ identifier: "SetupState" })
export type SetupState = typeof SetupState.Type

export const OwnerCreate = Schema.Struct({
  setupCode: Schema.String.check(minLength(1), maxLength(200)),
  name: Schema.String.check(
    minLength(1),
    maxLength(100),
    pattern(
      "^(?!\\s+$)[^\\u0000-\\u001f\\u007f\\u202a-\\u202e\\u2066-\\u2069]*$",
      "text with at least one visible character and no control characters",
    ),
  ),
  email: Schema.String.check(maxLength(254), format.email),
  password: Schema.String.check(minLength(10), maxLength(128)),
}).annotate({ identifier: "OwnerCreate" })
export type OwnerCreate = typeof OwnerCreate.Type

export const Credentials = Schema.Struct({
  email: Schema.String.check(maxLength(254), format.email),
  password: Schema.String.check(minLength(1), maxLength(128)),
}).annotate({ identifier: "Credentials" })
export type Credentials = typeof Credentials.Type

export const User = Schema.Struct({
  id: UserId,
  name: Schema.String,
  email: Schema.String,
  role: Role,
}).annotate({ identifier: "User" })
export type User = typeof User.Type

export const Session = Schema.Struct({
  token: Schema.String,
  expiresAt: Schema.String.check(format.dateTime),
  user: User,
}).annotate({ identifier: "Session" })
export type Session = typeof Session.Type

export const ParameterName = Schema.String.check(
  minLength(1),
  maxLength(64),
  pattern("^[A-Za-z0-9_.-]+$", "the name of a parameter (letters, digits and _ . -)"),
).annotate({ identifier: "ParameterName" })
export type ParameterName = typeof ParameterName.Type

export const KeptParameters = Schema.Array(ParameterName)
  .check(maxItems(20), Schema.isUnique())
  .annotate({
    identifier: "KeptParameters",
    description:
      "Parameters of page addresses that are stored with their values, besides `utm_…`, `ref`, `source` and the names of click ids. Case does not matter. Values of click ids are never stored; e-mail addresses and tokens in values are replaced. A name that says that its values tell who somebody is or let somebody in (`email`, `access_token`, `_ga`) is refused.",
  })
export type KeptParameters = typeof KeptParameters.Type

export const ProjectCreate = Schema.Struct({
  name: Schema.String.check(
    minLength(1),
    maxLength(100),
    pattern(
      "^(?!\\s+$)[^\\u0000-\\u001f\\u007f\\u202a-\\u202e\\u2066-\\u2069]*$",
      "text with at least one visible character and no control characters",
    ),
  ),
  domain: Schema.optionalKey(Schema.String.check(maxLength(253), format.hostname)),
  timeZone: Schema.String.check(minLength(1), maxLength(64)),
  keptParameters: Schema.optionalKey(KeptParameters),
}).annotate({ identifier: "ProjectCreate" })
export type ProjectCreate = typeof ProjectCreate.Type

export const ProjectUpdate = Schema.Struct({
  keptParameters: Schema.optionalKey(KeptParameters),
}).annotate({ identifier: "ProjectUpdate" })
export type ProjectUpdate = typeof ProjectUpdate.Type

export const Project = Schema.Struct({
  id: ProjectId,
  name: Schema.String,
  domain: Schema.NullOr(Schema.String),
  timeZone: Schema.String,
  createdAt: Schema.String.check(format.dateTime),
  writeKey: Schema.String,
  keptParameters: KeptParameters,
}).annotate({ identifier: "Project" })
export type Project = typeof Project.Type

export const ProjectList = Schema.Struct({
  projects: Schema.Array(Project),
}).annotate({ identifier: "ProjectList" })
export type ProjectList = typeof ProjectList.Type

export const SecretKeyCreate = Schema.Struct({
  name: Schema.String.check(
    minLength(1),
    maxLength(100),
    pattern(
      "^(?!\\s+$)[^\\u0000-\\u001f\\u007f\\u202a-\\u202e\\u2066-\\u2069]*$",
      "text with at least one visible character and no control characters",
    ),
  ),
  scopes: Schema.Array(Scope).check(minItems(1), Schema.isUnique()),
}).annotate({ identifier: "SecretKeyCreate" })
export type SecretKeyCreate = typeof SecretKeyCreate.Type

export const SecretKey = Schema.Struct({
  id: SecretKeyId,
  name: Schema.String,
  prefix: Schema.String,
  scopes: Schema.Array(Scope),
  createdAt: Schema.String.check(format.dateTime),
}).annotate({ identifier: "SecretKey" })
export type SecretKey = typeof SecretKey.Type

export const SecretKeyList = Schema.Struct({
  secretKeys: Schema.Array(SecretKey),
}).annotate({ identifier: "SecretKeyList" })
export type SecretKeyList = typeof SecretKeyList.Type

export const SecretKeyCreated = Schema.Struct({
  secretKey: SecretKey,
  secret: Schema.String,
}).annotate({ identifier: "SecretKeyCreated" })
export type SecretKeyCreated = typeof SecretKeyCreated.Type

/** Answers a request that does not match the contract. */
export class RequestValidation extends HttpApiMiddleware.Service<RequestValidation>()(
  "@footfall/contracts/FootfallManagement/RequestValidation",
  {
    error: BadRequestResponse,
  },
) {}

export const bearerScheme = HttpApiSecurity.bearer

/** Demands a credential and provides the Principal behind it. */
export class Bearer extends HttpApiMiddleware.Service<Bearer, { provides: Principal }>()("@footfall/contracts/FootfallManagement/Bearer", {
  error: [UnauthorizedResponse, ForbiddenResponse],
  security: { bearer: bearerScheme },
}) {}

const getSetup = HttpApiEndpoint.get("getSetup", "/v1/setup", {
  success: SetupState,
  error: ServiceUnavailableResponse,
})
  .annotate(OpenApi.Identifier, "getSetup")
  .annotate(OpenApi.Summary, "Whether this instance still needs its owner")

const createOwner = HttpApiEndpoint.post("createOwner", "/v1/setup", {
  payload: OwnerCreate,
  success: Session.pipe(HttpApiSchema.status(201)),
  error: [
    ForbiddenResponse,
    ConflictResponse,
    PayloadTooLargeResponse,
    UnsupportedMediaTypeResponse,
    TooManyRequestsResponse,
    ServiceUnavailableResponse,
  ],
})
  .annotate(HttpApi.PayloadParseOptions, { errors: "all", onExcessProperty: "error" })
  .middleware(RequestValidation)
  .annotate(OpenApi.Identifier, "createOwner")
  .annotate(OpenApi.Summary, "Create the owner of this instance and sign in")

const createSession = HttpApiEndpoint.post("createSession", "/v1/sessions", {
  payload: Credentials,
  success: Session.pipe(HttpApiSchema.status(201)),
  error: [
    UnauthorizedResponse,
    ForbiddenResponse,
    PayloadTooLargeResponse,
    UnsupportedMediaTypeResponse,
    TooManyRequestsResponse,
    ServiceUnavailableResponse,
  ],
})
  .annotate(HttpApi.PayloadParseOptions, { errors: "all", onExcessProperty: "error" })
  .middleware(RequestValidation)
  .annotate(OpenApi.Identifier, "createSession")
  .annotate(OpenApi.Summary, "Sign in")

const deleteSessions = HttpApiEndpoint.delete("deleteSessions", "/v1/sessions", {
  success: HttpApiSchema.Empty(204),
  error: [UnauthorizedResponse, ForbiddenResponse, ServiceUnavailableResponse],
})
  .middleware(Bearer)
  .annotate(OpenApi.Identifier, "deleteSessions")
  .annotate(OpenApi.Summary, "Sign out everywhere")

const getSession = HttpApiEndpoint.get("getSession", "/v1/sessions/current", {
  success: User,
  error: [UnauthorizedResponse, ForbiddenResponse, ServiceUnavailableResponse],
})
  .middleware(Bearer)
  .annotate(OpenApi.Identifier, "getSession")
  .annotate(OpenApi.Summary, "The signed-in person")

const deleteSession = HttpApiEndpoint.delete("deleteSession", "/v1/sessions/current", {
  success: HttpApiSchema.Empty(204),
  error: [UnauthorizedResponse, ForbiddenResponse, ServiceUnavailableResponse],
})
  .middleware(Bearer)
  .annotate(OpenApi.Identifier, "deleteSession")
  .annotate(OpenApi.Summary, "Sign out")

const listProjects = HttpApiEndpoint.get("listProjects", "/v1/projects", {
  success: ProjectList,
  error: [UnauthorizedResponse, ForbiddenResponse, ServiceUnavailableResponse],
})
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:read"])
  .annotate(OpenApi.Identifier, "listProjects")
  .annotate(OpenApi.Summary, "The projects that the credential has access to")

const createProject = HttpApiEndpoint.post("createProject", "/v1/projects", {
  payload: ProjectCreate,
  success: HttpApiSchema.WithHeaders(Project.pipe(HttpApiSchema.status(201)), {
    location: Schema.String.check(format.uriReference),
  }),
  error: [UnauthorizedResponse, ForbiddenResponse, PayloadTooLargeResponse, UnsupportedMediaTypeResponse, ServiceUnavailableResponse],
})
  .annotate(HttpApi.PayloadParseOptions, { errors: "all", onExcessProperty: "error" })
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:write"])
  .annotate(OpenApi.Identifier, "createProject")
  .annotate(OpenApi.Summary, "Create a project")

const getProject = HttpApiEndpoint.get("getProject", "/v1/projects/:projectId", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  success: Project,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:read"])
  .annotate(OpenApi.Identifier, "getProject")
  .annotate(OpenApi.Summary, "Read a project")

const updateProject = HttpApiEndpoint.patch("updateProject", "/v1/projects/:projectId", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  payload: ProjectUpdate,
  success: Project,
  error: [
    UnauthorizedResponse,
    ForbiddenResponse,
    NotFoundResponse,
    PayloadTooLargeResponse,
    UnsupportedMediaTypeResponse,
    ServiceUnavailableResponse,
  ],
})
  .annotate(HttpApi.PayloadParseOptions, { errors: "all", onExcessProperty: "error" })
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:write"])
  .annotate(OpenApi.Identifier, "updateProject")
  .annotate(OpenApi.Summary, "Change a project")

const listSecretKeys = HttpApiEndpoint.get("listSecretKeys", "/v1/projects/:projectId/secret-keys", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  success: SecretKeyList,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:write"])
  .annotate(OpenApi.Identifier, "listSecretKeys")
  .annotate(OpenApi.Summary, "The secret keys of a project, without their secrets")

const createSecretKey = HttpApiEndpoint.post("createSecretKey", "/v1/projects/:projectId/secret-keys", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  payload: SecretKeyCreate,
  success: SecretKeyCreated.pipe(HttpApiSchema.status(201)),
  error: [
    UnauthorizedResponse,
    ForbiddenResponse,
    NotFoundResponse,
    PayloadTooLargeResponse,
    UnsupportedMediaTypeResponse,
    ServiceUnavailableResponse,
  ],
})
  .annotate(HttpApi.PayloadParseOptions, { errors: "all", onExcessProperty: "error" })
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:write"])
  .annotate(OpenApi.Identifier, "createSecretKey")
  .annotate(OpenApi.Summary, "Create a secret key")

const deleteSecretKey = HttpApiEndpoint.delete("deleteSecretKey", "/v1/projects/:projectId/secret-keys/:secretKeyId", {
  params: Schema.Struct({
    projectId: ProjectId,
    secretKeyId: SecretKeyId,
  }),
  success: HttpApiSchema.Empty(204),
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["projects:write"])
  .annotate(OpenApi.Identifier, "deleteSecretKey")
  .annotate(OpenApi.Summary, "Revoke a secret key")

const getDocs = HttpApiEndpoint.get("getDocs", "/docs", {
  success: Schema.String.pipe(HttpApiSchema.asText({ contentType: "text/html" })),
})
  .annotate(OpenApi.Identifier, "getDocs")
  .annotate(OpenApi.Summary, "This documentation as a page")

const getDocsScript = HttpApiEndpoint.get("getDocsScript", "/docs/assets/reference.js", {
  success: Schema.String.pipe(HttpApiSchema.asText({ contentType: "text/javascript" })),
})
  .annotate(OpenApi.Identifier, "getDocsScript")
  .annotate(OpenApi.Summary, "The script of the documentation page")

const getOpenApiDocument = HttpApiEndpoint.get("getOpenApiDocument", "/docs/openapi/:document", {
  params: Schema.Struct({
    document: Schema.Literals(["ingest.json", "analytics.json", "management.json", "ingest.yaml", "analytics.yaml", "management.yaml"]),
  }),
  success: [Schema.Record(Schema.String, json), Schema.String.pipe(HttpApiSchema.asText({ contentType: "application/yaml" }))],
})
  .middleware(RequestValidation)
  .annotate(OpenApi.Identifier, "getOpenApiDocument")
  .annotate(OpenApi.Summary, "A specification as an OpenAPI 3.1 document")

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
  .annotate(OpenApi.Summary, "Whether queries can be answered now")

export class SetupGroup extends HttpApiGroup.make("setup").add(getSetup).add(createOwner) {}

export class SessionsGroup extends HttpApiGroup.make("sessions")
  .add(createSession)
  .add(deleteSessions)
  .add(getSession)
  .add(deleteSession) {}

export class ProjectsGroup extends HttpApiGroup.make("projects")
  .add(listProjects)
  .add(createProject)
  .add(getProject)
  .add(updateProject)
  .add(listSecretKeys)
  .add(createSecretKey)
  .add(deleteSecretKey) {}

export class DocsGroup extends HttpApiGroup.make("docs").add(getDocs).add(getDocsScript).add(getOpenApiDocument) {}

export class HealthGroup extends HttpApiGroup.make("health").add(getLiveness).add(getReadiness) {}

export class FootfallManagement extends HttpApi.make("FootfallManagement")
  .annotate(HttpApi.QueryParseOptions, { errors: "all", onExcessProperty: "error" })
  .annotate(OpenApi.Title, "Footfall Management")
  .annotate(OpenApi.Version, "1.0.0")
  .add(SetupGroup, SessionsGroup, ProjectsGroup, DocsGroup, HealthGroup) {}
