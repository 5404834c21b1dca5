// Generated from openapi/components by contracts/generator - do not edit.
// Change the specification, then run: pnpm generate
import { Effect, Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { format, json, maxItems, maxLength, minItems, minLength, pattern } from "../runtime.ts"

export const Role = Schema.Literals(["owner", "admin", "editor", "viewer"]).annotate({
  identifier: "Role",
  description: "What a person is in an organization.",
})
export type Role = typeof Role.Type

export const Scope = Schema.Literals(["events:write", "stats:read", "projects:read"]).annotate({
  identifier: "Scope",
  description: "What a secret key may be allowed to do.",
})
export type Scope = typeof Scope.Type

export const Properties = Schema.Record(Schema.String, json)
  .check(Schema.isMaxProperties(64))
  .annotate({
    identifier: "Properties",
    description:
      'Your own facts about the event: JSON, at most 64 keys and 1,000 list items in total, 5 levels deep, 1,000 characters per string and 100 per key. A dot in a key starts a nested level: `{"a.b": 1}` is stored as `{"a": {"b": 1}}`, and an event in which two values would get the same name is refused. `null` and empty objects are not stored.',
  })
export type Properties = typeof Properties.Type

export const Client = Schema.Struct({
  touchPoints: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65535 }))),
  automated: Schema.optionalKey(Schema.Boolean),
}).annotate({
  identifier: "Client",
  description: "What a browser knows about itself and its device beyond its request headers. The tracker sends it.",
})
export type Client = typeof Client.Type

export const ClientHints = Schema.Struct({
  brands: Schema.optionalKey(Schema.String.check(maxLength(512), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  mobile: Schema.optionalKey(Schema.String.check(maxLength(8), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  platform: Schema.optionalKey(Schema.String.check(maxLength(64), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  platformVersion: Schema.optionalKey(Schema.String.check(maxLength(64), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  model: Schema.optionalKey(Schema.String.check(maxLength(128), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  formFactors: Schema.optionalKey(Schema.String.check(maxLength(128), pattern("^[^\\u0000]*$", "text without NUL characters"))),
}).annotate({
  identifier: "ClientHints",
  description:
    "The visitor's client hints, each exactly as in the request header, including the quotes. They take precedence over the user agent, in which Chromium freezes the operating system and hides the browser's own name. Browsers send the last three only to sites that request them with `Accept-CH`.",
})
export type ClientHints = typeof ClientHints.Type

export const SenderContext = Schema.Struct({
  ip: Schema.optionalKey(Schema.String.check(minLength(2), maxLength(45))),
  userAgent: Schema.optionalKey(Schema.String.check(maxLength(1024), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  language: Schema.optionalKey(Schema.String.check(maxLength(256), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  clientHints: Schema.optionalKey(ClientHints),
  client: Schema.optionalKey(Client),
  visitorId: Schema.optionalKey(Schema.String.check(minLength(1), maxLength(128), pattern("^[^\\u0000]*$", "text without NUL characters"))),
}).annotate({
  identifier: "SenderContext",
  description: "The visitor, when a server sends the event on their behalf. Requires a secret key.",
})
export type SenderContext = typeof SenderContext.Type

export const PageviewEvent = Schema.Struct({
  kind: Schema.Literal("pageview"),
  id: Schema.optionalKey(Schema.String.check(format.uuid)),
  timestamp: Schema.optionalKey(Schema.String.check(format.dateTime)),
  url: Schema.String.check(minLength(1), maxLength(4096), pattern("^[Hh][Tt][Tt][Pp][Ss]?://[^\\u0000]+$", "an http or https URL")),
  referrer: Schema.optionalKey(Schema.String.check(maxLength(4096), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  title: Schema.optionalKey(Schema.String.check(maxLength(512), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  properties: Schema.optionalKey(Properties),
  context: Schema.optionalKey(SenderContext),
}).annotate({ identifier: "PageviewEvent", description: "A visitor viewed a page." })
export type PageviewEvent = typeof PageviewEvent.Type

export const CustomEvent = Schema.Struct({
  kind: Schema.Literal("event"),
  name: Schema.String.check(minLength(1), maxLength(120), pattern("^[^\\u0000]*$", "text without NUL characters")),
  id: Schema.optionalKey(Schema.String.check(format.uuid)),
  timestamp: Schema.optionalKey(Schema.String.check(format.dateTime)),
  url: Schema.optionalKey(
    Schema.String.check(minLength(1), maxLength(4096), pattern("^[Hh][Tt][Tt][Pp][Ss]?://[^\\u0000]+$", "an http or https URL")),
  ),
  referrer: Schema.optionalKey(Schema.String.check(maxLength(4096), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  title: Schema.optionalKey(Schema.String.check(maxLength(512), pattern("^[^\\u0000]*$", "text without NUL characters"))),
  properties: Schema.optionalKey(Properties),
  context: Schema.optionalKey(SenderContext),
}).annotate({ identifier: "CustomEvent", description: "Something else that happened, under a name that you choose." })
export type CustomEvent = typeof CustomEvent.Type

export const Event = Schema.Union([PageviewEvent, CustomEvent]).annotate({ identifier: "Event" })
export type Event = typeof Event.Type

export const EventBatch = Schema.Struct({
  key: Schema.optionalKey(Schema.String.check(minLength(1), maxLength(128))),
  sentAt: Schema.optionalKey(Schema.String.check(format.dateTime)),
  client: Schema.optionalKey(Client),
  events: Schema.Array(Schema.Unknown).check(minItems(1), maxItems(500)),
}).annotate({ identifier: "EventBatch" })
export type EventBatch = typeof EventBatch.Type

export const RefusalReason = Schema.Literals(["invalid", "timestamp_too_old", "timestamp_in_future", "secret_key_required"]).annotate({
  identifier: "RefusalReason",
})
export type RefusalReason = typeof RefusalReason.Type

export const Refusal = Schema.Struct({
  index: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  reason: RefusalReason,
  pointer: Schema.String,
  message: Schema.String,
}).annotate({ identifier: "Refusal" })
export type Refusal = typeof Refusal.Type

export const Receipt = Schema.Struct({
  accepted: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  refused: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  refusals: Schema.Array(Refusal),
}).annotate({
  identifier: "Receipt",
  description: "The result of a batch. Accepted events are on the log and will be counted, or stored separately if they come from a bot.",
})
export type Receipt = typeof Receipt.Type

export const Dimension = Schema.Literals([
  "page",
  "event",
  "entry_page",
  "source",
  "channel",
  "referrer",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "country",
  "region",
  "city",
  "language",
  "browser",
  "browser_version",
  "os",
  "os_version",
  "device",
]).annotate({
  identifier: "Dimension",
  description:
    "What events can be grouped and filtered by. `page` and `event` (the name of a custom event) belong to the event itself; all others belong to the visit and are the same for all its events.",
})
export type Dimension = typeof Dimension.Type

export const FilterText = Schema.String.check(
  pattern(
    "^[a-z_]+:(is|is_not):[^\\u0000]{0,2048}$",
    "a dimension, then :is: or :is_not:, then at most 2,048 characters without NUL, such as page:is:/pricing",
  ),
).annotate({
  identifier: "FilterText",
  description:
    "`dimension:operator:value`, where the operator is `is` or `is_not` and the value is everything after the second colon. `is_not` is the exact complement of `is`. An empty value means that the dimension is not set.",
})
export type FilterText = typeof FilterText.Type

export const FilterTexts = Schema.Array(FilterText)
  .check(maxItems(20))
  .annotate({
    identifier: "FilterTexts",
    description:
      "Conditions that an event must meet, all of them. Several `is` of one dimension form one condition, met by any of their values: `country:is:DE` and `country:is:FR` mean Germany or France. Several `is_not` exclude each of their values.",
  })
export type FilterTexts = typeof FilterTexts.Type

export const FilterCondition = Schema.Struct({
  dimension: Dimension,
  operator: Schema.Literals(["is", "is_not"]),
  values: Schema.Array(Schema.String.check(maxLength(2048), pattern("^[^\\u0000]*$", "text without NUL characters"))).check(
    minItems(1),
    maxItems(100),
  ),
}).annotate({
  identifier: "FilterCondition",
  description:
    "What the event has in the dimension is one of the values (`is`), or none of them (`is_not`). An empty value means that the dimension is not set.",
})
export type FilterCondition = typeof FilterCondition.Type

export type FilterAnd = {
  readonly and: ReadonlyArray<Filter>
}

export const FilterAnd: Schema.Codec<FilterAnd> = Schema.Struct({
  and: Schema.Array(Schema.suspend((): Schema.Codec<Filter> => Filter)).check(maxItems(100)),
}).annotate({ identifier: "FilterAnd", description: "All of them hold. An empty list is met by every event." })

export type FilterOr = {
  readonly or: ReadonlyArray<Filter>
}

export const FilterOr: Schema.Codec<FilterOr> = Schema.Struct({
  or: Schema.Array(Schema.suspend((): Schema.Codec<Filter> => Filter)).check(maxItems(100)),
}).annotate({ identifier: "FilterOr", description: "At least one of them holds. An empty list is met by no event." })

export type FilterNot = {
  readonly not: Filter
}

export const FilterNot: Schema.Codec<FilterNot> = Schema.Struct({
  not: Schema.suspend((): Schema.Codec<Filter> => Filter),
}).annotate({ identifier: "FilterNot" })

export type Filter = FilterCondition | FilterAnd | FilterOr | FilterNot

export const Filter: Schema.Codec<Filter> = Schema.Union(
  [
    FilterCondition,
    Schema.suspend((): Schema.Codec<FilterAnd> => FilterAnd),
    Schema.suspend((): Schema.Codec<FilterOr> => FilterOr),
    Schema.suspend((): Schema.Codec<FilterNot> => FilterNot),
  ],
  { mode: "oneOf" },
).annotate({
  identifier: "Filter",
  description: "Which events count. `not` is the exact complement of what it holds. At most 100 conditions, 10 levels deep.",
})

export const Health = Schema.Struct({
  status: Schema.Literals(["ok"]),
}).annotate({ identifier: "Health" })
export type Health = typeof Health.Type

export const ProjectId = Schema.String.check(pattern("^[1-9][0-9]{0,14}$", "the id of a project, at most 15 digits")).annotate({
  identifier: "ProjectId",
  description: "A project, as decimal digits.",
})
export type ProjectId = typeof ProjectId.Type

export const SecretKeyId = Schema.String.check(format.uuid).annotate({ identifier: "SecretKeyId" })
export type SecretKeyId = typeof SecretKeyId.Type

export const UserId = Schema.String.check(minLength(1), maxLength(64)).annotate({ identifier: "UserId" })
export type UserId = typeof UserId.Type

export const Metric = Schema.Literals(["visitors", "visits", "pageviews", "events", "bounceRate", "visitDuration"]).annotate({
  identifier: "Metric",
  description: "A number about events and visits. `Metrics` defines each.",
})
export type Metric = typeof Metric.Type

export const MetricList = Schema.Array(Metric).check(minItems(1), maxItems(20)).annotate({ identifier: "MetricList" })
export type MetricList = typeof MetricList.Type

export const Metrics = Schema.Struct({
  visitors: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  visits: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  pageviews: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  events: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  bounceRate: Schema.optionalKey(Schema.NullOr(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })))),
  visitDuration: Schema.optionalKey(Schema.NullOr(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)))),
}).annotate({
  identifier: "Metrics",
  description:
    "The metrics that were asked for, over the matching events of a range. Rates and averages are about the visits that `visits` counts, and null when there is none. `x-metric` gives each metric its name, its unit and whether more or less of it is better.",
})
export type Metrics = typeof Metrics.Type

export const Limit = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })).annotate({
  identifier: "Limit",
  description: "Rows per page.",
})
export type Limit = typeof Limit.Type

export const Cursor = Schema.String.check(pattern("^[0-9]{1,7}$", "the nextCursor of the previous page")).annotate({
  identifier: "Cursor",
  description: "`nextCursor` of the previous page. Leave it out for the first page.",
})
export type Cursor = typeof Cursor.Type

export const NextCursor = Schema.NullOr(Schema.String).annotate({
  identifier: "NextCursor",
  description: "Send it as `cursor` to get the next page. Null on the last page.",
})
export type NextCursor = typeof NextCursor.Type

export const Problem = Schema.Struct({
  type: Schema.String.check(format.uriReference),
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.optionalKey(Schema.String),
}).annotate({ identifier: "Problem", description: "RFC 9457 problem details." })
export type Problem = typeof Problem.Type

export const FieldError = Schema.Struct({
  in: Schema.Literals(["body", "query", "path", "header"]),
  pointer: Schema.String,
  message: Schema.String,
}).annotate({ identifier: "FieldError" })
export type FieldError = typeof FieldError.Type

export const ValidationProblem = Schema.Struct({
  type: Schema.String.check(format.uriReference),
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.optionalKey(Schema.String),
  errors: Schema.Array(FieldError),
}).annotate({ identifier: "ValidationProblem" })
export type ValidationProblem = typeof ValidationProblem.Type

/** 400: The request is invalid. `errors` lists each field and what is wrong with it. Nothing was stored. */
export class BadRequest extends Schema.Error<BadRequest>("BadRequest")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Bad Request"))),
    status: Schema.tag(400),
    detail: Schema.optionalKey(Schema.String),
    errors: Schema.Array(FieldError),
  },
  { httpApiStatus: 400 },
) {
  readonly _tag = "BadRequest"
}

export const BadRequestResponse = BadRequest.pipe(
  HttpApiSchema.status(400),
  HttpApiSchema.asJson({ contentType: "application/problem+json" }),
)

/** 401: The credential is missing, unknown, expired or revoked. */
export class Unauthorized extends Schema.Error<Unauthorized>("Unauthorized")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Unauthorized"))),
    status: Schema.tag(401),
    detail: Schema.optionalKey(Schema.String),
  },
  { httpApiStatus: 401 },
) {
  readonly _tag = "Unauthorized"
}

export const UnauthorizedResponse = Unauthorized.pipe(
  HttpApiSchema.status(401),
  HttpApiSchema.asJson({ contentType: "application/problem+json" }),
)

/** 403: The credential is valid but does not allow this. */
export class Forbidden extends Schema.Error<Forbidden>("Forbidden")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Forbidden"))),
    status: Schema.tag(403),
    detail: Schema.optionalKey(Schema.String),
  },
  { httpApiStatus: 403 },
) {
  readonly _tag = "Forbidden"
}

export const ForbiddenResponse = Forbidden.pipe(
  HttpApiSchema.status(403),
  HttpApiSchema.asJson({ contentType: "application/problem+json" }),
)

/** 404: It does not exist, or the credential has no access to it. */
export class NotFound extends Schema.Error<NotFound>("NotFound")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Not Found"))),
    status: Schema.tag(404),
    detail: Schema.optionalKey(Schema.String),
  },
  { httpApiStatus: 404 },
) {
  readonly _tag = "NotFound"
}

export const NotFoundResponse = NotFound.pipe(HttpApiSchema.status(404), HttpApiSchema.asJson({ contentType: "application/problem+json" }))

const TooManyRequestsHeaders = {
  "retry-after": Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
}

const TooManyRequestsBody = Schema.Struct({
  type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
  title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Too Many Requests"))),
  status: Schema.tag(429),
  detail: Schema.optionalKey(Schema.String),
})

/** 429: Too many requests. Try again after `Retry-After` seconds. */
export class TooManyRequests extends Schema.Error<TooManyRequests>("TooManyRequests")(
  {
    ...TooManyRequestsBody.fields,
    headers: Schema.Struct(TooManyRequestsHeaders),
  },
  { httpApiStatus: 429 },
) {
  readonly _tag = "TooManyRequests"
}

export const TooManyRequestsResponse = TooManyRequests.pipe(
  HttpApiSchema.encodeToWithHeaders(
    {
      body: TooManyRequestsBody.pipe(HttpApiSchema.status(429), HttpApiSchema.asJson({ contentType: "application/problem+json" })),
      headers: TooManyRequestsHeaders,
    },
    {
      decode: ({ body, headers }) => new TooManyRequests({ ...body, headers }),
      encode: ({ headers, ...body }) => ({ body, headers }),
    },
  ),
)

const ServiceUnavailableHeaders = {
  "retry-after": Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
}

const ServiceUnavailableBody = Schema.Struct({
  type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
  title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Service Unavailable"))),
  status: Schema.tag(503),
  detail: Schema.optionalKey(Schema.String),
})

/** 503: A component that this service needs is down or busy. Send the same request again after `Retry-After` seconds. Events keep their ids, so none is counted twice. */
export class ServiceUnavailable extends Schema.Error<ServiceUnavailable>("ServiceUnavailable")(
  {
    ...ServiceUnavailableBody.fields,
    headers: Schema.Struct(ServiceUnavailableHeaders),
  },
  { httpApiStatus: 503 },
) {
  readonly _tag = "ServiceUnavailable"
}

export const ServiceUnavailableResponse = ServiceUnavailable.pipe(
  HttpApiSchema.encodeToWithHeaders(
    {
      body: ServiceUnavailableBody.pipe(HttpApiSchema.status(503), HttpApiSchema.asJson({ contentType: "application/problem+json" })),
      headers: ServiceUnavailableHeaders,
    },
    {
      decode: ({ body, headers }) => new ServiceUnavailable({ ...body, headers }),
      encode: ({ headers, ...body }) => ({ body, headers }),
    },
  ),
)

/** 413: The body is larger than allowed, compressed or decompressed. */
export class PayloadTooLarge extends Schema.Error<PayloadTooLarge>("PayloadTooLarge")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Payload Too Large"))),
    status: Schema.tag(413),
    detail: Schema.optionalKey(Schema.String),
  },
  { httpApiStatus: 413 },
) {
  readonly _tag = "PayloadTooLarge"
}

export const PayloadTooLargeResponse = PayloadTooLarge.pipe(
  HttpApiSchema.status(413),
  HttpApiSchema.asJson({ contentType: "application/problem+json" }),
)

/** 415: The content type or content encoding is not supported. */
export class UnsupportedMediaType extends Schema.Error<UnsupportedMediaType>("UnsupportedMediaType")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Unsupported Media Type"))),
    status: Schema.tag(415),
    detail: Schema.optionalKey(Schema.String),
  },
  { httpApiStatus: 415 },
) {
  readonly _tag = "UnsupportedMediaType"
}

export const UnsupportedMediaTypeResponse = UnsupportedMediaType.pipe(
  HttpApiSchema.status(415),
  HttpApiSchema.asJson({ contentType: "application/problem+json" }),
)

/** 409: The state of the resource does not allow this. */
export class Conflict extends Schema.Error<Conflict>("Conflict")(
  {
    type: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("about:blank"))),
    title: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed("Conflict"))),
    status: Schema.tag(409),
    detail: Schema.optionalKey(Schema.String),
  },
  { httpApiStatus: 409 },
) {
  readonly _tag = "Conflict"
}

export const ConflictResponse = Conflict.pipe(HttpApiSchema.status(409), HttpApiSchema.asJson({ contentType: "application/problem+json" }))
