// Generated from openapi/analytics.yaml by contracts/generator - do not edit.
// Change the specification, then run: pnpm generate
import { Effect, Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiMiddleware, HttpApiSecurity, OpenApi } from "effect/http-api"
import { Principal } from "../principal.ts"
import { RequiredScopes, format, integerText, maxItems, pattern } from "../runtime.ts"
import {
  BadRequestResponse,
  Dimension,
  Filter,
  ForbiddenResponse,
  NextCursor,
  NotFoundResponse,
  ProjectId,
  ServiceUnavailableResponse,
  TooManyRequestsResponse,
  UnauthorizedResponse,
} from "./shared.ts"

export const RangeEdge = Schema.String.check(
  pattern(
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?(Z|[+-][0-9]{2}:[0-9]{2}))?$",
    "a date such as 2026-11-01, or a date-time with a time zone such as 2026-11-01T08:00:00Z",
  ),
).annotate({ identifier: "RangeEdge", description: "A date (`2026-11-01`) or an RFC 3339 date-time (`2026-11-01T08:00:00Z`)." })
export type RangeEdge = typeof RangeEdge.Type

export const Interval = Schema.Literals(["hour", "day", "week", "month"]).annotate({ identifier: "Interval" })
export type Interval = typeof Interval.Type

export const Metrics = Schema.Struct({
  visitors: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  visits: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  pageviews: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  bounceRate: Schema.NullOr(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
  visitDuration: Schema.NullOr(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
}).annotate({ identifier: "Metrics" })
export type Metrics = typeof Metrics.Type

export const Bucket = Schema.Struct({
  start: Schema.String.check(format.dateTime),
  end: Schema.String.check(format.dateTime),
  partial: Schema.Boolean,
  metrics: Metrics,
}).annotate({ identifier: "Bucket" })
export type Bucket = typeof Bucket.Type

export const Comparison = Schema.Struct({
  from: Schema.String.check(format.dateTime),
  to: Schema.String.check(format.dateTime),
  totalsTo: Schema.String.check(format.dateTime),
  buckets: Schema.Array(Bucket),
  totals: Metrics,
}).annotate({ identifier: "Comparison" })
export type Comparison = typeof Comparison.Type

export const AnswerMeta = Schema.Struct({
  exact: Schema.Boolean,
  rowsRead: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  bytesRead: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  elapsedMs: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
}).annotate({ identifier: "AnswerMeta", description: "How the answer was computed." })
export type AnswerMeta = typeof AnswerMeta.Type

export const Timeseries = Schema.Struct({
  from: Schema.String.check(format.dateTime),
  to: Schema.String.check(format.dateTime),
  timeZone: Schema.String,
  interval: Interval,
  buckets: Schema.Array(Bucket),
  totals: Metrics,
  comparison: Schema.NullOr(Comparison),
  firstEventAt: Schema.NullOr(Schema.String.check(format.dateTime)),
  meta: AnswerMeta,
}).annotate({ identifier: "Timeseries" })
export type Timeseries = typeof Timeseries.Type

export const BreakdownPrevious = Schema.Struct({
  visitors: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  visits: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  pageviews: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  events: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
}).annotate({ identifier: "BreakdownPrevious", description: "The same value in the compared range." })
export type BreakdownPrevious = typeof BreakdownPrevious.Type

export const BreakdownRow = Schema.Struct({
  value: Schema.String,
  visitors: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  visits: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  pageviews: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  events: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  previous: Schema.NullOr(BreakdownPrevious),
}).annotate({ identifier: "BreakdownRow" })
export type BreakdownRow = typeof BreakdownRow.Type

export const Breakdown = Schema.Struct({
  from: Schema.String.check(format.dateTime),
  to: Schema.String.check(format.dateTime),
  timeZone: Schema.String,
  dimension: Dimension,
  rows: Schema.Array(BreakdownRow),
  totalVisitors: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  totalRows: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  nextCursor: NextCursor,
  meta: AnswerMeta,
}).annotate({ identifier: "Breakdown" })
export type Breakdown = typeof Breakdown.Type

export const Online = Schema.Struct({
  visitors: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  latestArrival: Schema.NullOr(Schema.String.check(format.dateTime)),
  meta: AnswerMeta,
}).annotate({ identifier: "Online" })
export type Online = typeof Online.Type

export const BotEvents = Schema.Struct({
  events: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  latestEventAt: Schema.NullOr(Schema.String.check(format.dateTime)),
  latestSignal: Schema.NullOr(Schema.String),
}).annotate({
  identifier: "BotEvents",
  description: "Events of the last 24 hours that were set aside as those of bots. No other number counts them.",
})
export type BotEvents = typeof BotEvents.Type

export const Tracking = Schema.Struct({
  latestEventAt: Schema.NullOr(Schema.String.check(format.dateTime)),
  bots: BotEvents,
  meta: AnswerMeta,
}).annotate({ identifier: "Tracking" })
export type Tracking = typeof Tracking.Type

export const FirstEvent = Schema.Struct({
  kind: Schema.Literals(["pageview", "event"]),
  name: Schema.String,
  timestamp: Schema.String.check(format.dateTime),
  page: Schema.String,
  country: Schema.String,
  browser: Schema.String,
  os: Schema.String,
  device: Schema.String,
}).annotate({ identifier: "FirstEvent" })
export type FirstEvent = typeof FirstEvent.Type

export const FirstEventAnswer = Schema.Struct({
  event: Schema.NullOr(FirstEvent),
}).annotate({ identifier: "FirstEventAnswer" })
export type FirstEventAnswer = typeof FirstEventAnswer.Type

/** Answers a request that does not match the contract. */
export class RequestValidation extends HttpApiMiddleware.Service<RequestValidation>()(
  "@footfall/contracts/FootfallAnalytics/RequestValidation",
  {
    error: BadRequestResponse,
  },
) {}

export const bearerScheme = HttpApiSecurity.bearer

/** Demands a credential and provides the Principal behind it. */
export class Bearer extends HttpApiMiddleware.Service<Bearer, { provides: Principal }>()("@footfall/contracts/FootfallAnalytics/Bearer", {
  error: [UnauthorizedResponse, ForbiddenResponse],
  security: { bearer: bearerScheme },
}) {}

const getTimeseries = HttpApiEndpoint.get("getTimeseries", "/v1/projects/:projectId/timeseries", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  query: Schema.Struct({
    from: RangeEdge,
    to: RangeEdge,
    interval: Schema.optionalKey(Interval),
    compare: Schema.optionalKey(Schema.Literals(["previous_period", "previous_year"])),
    filter: Schema.optionalKey(Schema.Array(Filter).check(maxItems(20))),
  }),
  success: Timeseries,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, TooManyRequestsResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["stats:read"])
  .annotate(OpenApi.Identifier, "getTimeseries")
  .annotate(OpenApi.Summary, "Visitors, visits, page views, bounce rate and visit duration over time")

const getBreakdown = HttpApiEndpoint.get("getBreakdown", "/v1/projects/:projectId/breakdown", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  query: Schema.Struct({
    dimension: Dimension,
    from: RangeEdge,
    to: RangeEdge,
    compare: Schema.optionalKey(Schema.Literals(["previous_period", "previous_year"])),
    interval: Schema.optionalKey(Interval),
    filter: Schema.optionalKey(Schema.Array(Filter).check(maxItems(20))),
    limit: integerText(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))).pipe(
      Schema.withDecodingDefaultTypeKey(Effect.succeed(10)),
    ),
    cursor: Schema.optionalKey(Schema.String.check(pattern("^[0-9]{1,7}$", "the nextCursor of the previous page"))),
  }),
  success: Breakdown,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, TooManyRequestsResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["stats:read"])
  .annotate(OpenApi.Identifier, "getBreakdown")
  .annotate(OpenApi.Summary, "The same numbers by page, source, country, browser and so on")

const getOnline = HttpApiEndpoint.get("getOnline", "/v1/projects/:projectId/online", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  success: Online,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, TooManyRequestsResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["stats:read"])
  .annotate(OpenApi.Identifier, "getOnline")
  .annotate(OpenApi.Summary, "How many people are online now")

const getFirstEvent = HttpApiEndpoint.get("getFirstEvent", "/v1/projects/:projectId/first-event", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  success: FirstEventAnswer,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, TooManyRequestsResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["stats:read"])
  .annotate(OpenApi.Identifier, "getFirstEvent")
  .annotate(OpenApi.Summary, "The first event of the project")

const getTracking = HttpApiEndpoint.get("getTracking", "/v1/projects/:projectId/tracking", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  success: Tracking,
  error: [UnauthorizedResponse, ForbiddenResponse, NotFoundResponse, TooManyRequestsResponse, ServiceUnavailableResponse],
})
  .middleware(RequestValidation)
  .middleware(Bearer)
  .annotate(RequiredScopes, ["stats:read"])
  .annotate(OpenApi.Identifier, "getTracking")
  .annotate(OpenApi.Summary, "Whether events arrive, and whether bots are what sends them")

export class AnalyticsGroup extends HttpApiGroup.make("analytics")
  .add(getTimeseries)
  .add(getBreakdown)
  .add(getOnline)
  .add(getFirstEvent)
  .add(getTracking) {}

export class FootfallAnalytics extends HttpApi.make("FootfallAnalytics")
  .annotate(HttpApi.QueryParseOptions, { errors: "all", onExcessProperty: "error" })
  .annotate(OpenApi.Title, "Footfall Analytics")
  .annotate(OpenApi.Version, "1.0.0")
  .add(AnalyticsGroup) {}
