// Generated from openapi/analytics.yaml by contracts/generator - do not edit.
// Change the specification, then run: pnpm generate
import { Effect, Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiMiddleware, HttpApiSecurity, OpenApi } from "effect/http-api"
import { Principal } from "../principal.ts"
import { RequiredScopes, format, integerText, maxItems, minItems, pattern } from "../runtime.ts"
import {
  BadRequestResponse,
  Cursor,
  Dimension,
  Filter,
  FilterTexts,
  ForbiddenResponse,
  Limit,
  MetricList,
  Metrics,
  NextCursor,
  NotFoundResponse,
  PayloadTooLargeResponse,
  Problem,
  ProjectId,
  ServiceUnavailableResponse,
  TooManyRequestsResponse,
  UnauthorizedResponse,
  UnsupportedMediaTypeResponse,
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

export const Compare = Schema.Literals(["previous_period", "previous_year"]).annotate({ identifier: "Compare" })
export type Compare = typeof Compare.Type

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
  metrics: MetricList,
  buckets: Schema.Array(Bucket),
  totals: Metrics,
  comparison: Schema.NullOr(Comparison),
  firstEventAt: Schema.NullOr(Schema.String.check(format.dateTime)),
  meta: AnswerMeta,
}).annotate({ identifier: "Timeseries" })
export type Timeseries = typeof Timeseries.Type

export const BreakdownRow = Schema.Struct({
  value: Schema.String,
  previous: Schema.NullOr(Metrics),
  visitors: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  visits: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  pageviews: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  events: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  bounceRate: Schema.optionalKey(Schema.NullOr(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })))),
  visitDuration: Schema.optionalKey(Schema.NullOr(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)))),
}).annotate({ identifier: "BreakdownRow", description: "A value of the dimension, and the metrics of the matching events that have it." })
export type BreakdownRow = typeof BreakdownRow.Type

export const Breakdown = Schema.Struct({
  from: Schema.String.check(format.dateTime),
  to: Schema.String.check(format.dateTime),
  timeZone: Schema.String,
  dimension: Dimension,
  metrics: MetricList,
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

export const QuestionFilter = Schema.Union([FilterTexts, Filter], { mode: "oneOf" }).annotate({
  identifier: "QuestionFilter",
  description: "Which events count; all without. Either a tree, or the short form, a list of texts.",
})
export type QuestionFilter = typeof QuestionFilter.Type

export const TimeseriesQuestion = Schema.Struct({
  kind: Schema.Literal("timeseries"),
  from: RangeEdge,
  to: RangeEdge,
  interval: Schema.optionalKey(Interval),
  compare: Schema.optionalKey(Compare),
  filter: Schema.optionalKey(QuestionFilter),
  metrics: Schema.optionalKey(MetricList),
}).annotate({ identifier: "TimeseriesQuestion", description: "As `GET …/timeseries`." })
export type TimeseriesQuestion = typeof TimeseriesQuestion.Type

export const BreakdownQuestion = Schema.Struct({
  kind: Schema.Literal("breakdown"),
  dimension: Dimension,
  from: RangeEdge,
  to: RangeEdge,
  interval: Schema.optionalKey(Interval),
  compare: Schema.optionalKey(Compare),
  filter: Schema.optionalKey(QuestionFilter),
  metrics: Schema.optionalKey(MetricList),
  limit: Limit.pipe(Schema.withDecodingDefaultKey(Effect.succeed(10 as const))),
  cursor: Schema.optionalKey(Cursor),
}).annotate({ identifier: "BreakdownQuestion", description: "As `GET …/breakdown`." })
export type BreakdownQuestion = typeof BreakdownQuestion.Type

export const OnlineQuestion = Schema.Struct({
  kind: Schema.Literal("online"),
}).annotate({ identifier: "OnlineQuestion", description: "As `GET …/online`." })
export type OnlineQuestion = typeof OnlineQuestion.Type

export const Question = Schema.Union([TimeseriesQuestion, BreakdownQuestion, OnlineQuestion]).annotate({ identifier: "Question" })
export type Question = typeof Question.Type

export const Questions = Schema.Struct({
  questions: Schema.Array(Question).check(minItems(1), maxItems(20)),
}).annotate({ identifier: "Questions" })
export type Questions = typeof Questions.Type

export const TimeseriesAnswer = Schema.Struct({
  kind: Schema.Literal("timeseries"),
  answer: Timeseries,
}).annotate({ identifier: "TimeseriesAnswer" })
export type TimeseriesAnswer = typeof TimeseriesAnswer.Type

export const BreakdownAnswer = Schema.Struct({
  kind: Schema.Literal("breakdown"),
  answer: Breakdown,
}).annotate({ identifier: "BreakdownAnswer" })
export type BreakdownAnswer = typeof BreakdownAnswer.Type

export const OnlineAnswer = Schema.Struct({
  kind: Schema.Literal("online"),
  answer: Online,
}).annotate({ identifier: "OnlineAnswer" })
export type OnlineAnswer = typeof OnlineAnswer.Type

export const ProblemAnswer = Schema.Struct({
  kind: Schema.Literal("problem"),
  problem: Problem,
  retryAfter: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
}).annotate({ identifier: "ProblemAnswer", description: "Why a question has no answer now, and when to ask it again." })
export type ProblemAnswer = typeof ProblemAnswer.Type

export const Answer = Schema.Union([TimeseriesAnswer, BreakdownAnswer, OnlineAnswer, ProblemAnswer]).annotate({ identifier: "Answer" })
export type Answer = typeof Answer.Type

export const Answers = Schema.Struct({
  answers: Schema.Array(Answer),
}).annotate({ identifier: "Answers" })
export type Answers = typeof Answers.Type

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
    compare: Schema.optionalKey(Compare),
    filter: Schema.optionalKey(FilterTexts),
    metrics: Schema.optionalKey(MetricList),
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
    compare: Schema.optionalKey(Compare),
    interval: Schema.optionalKey(Interval),
    filter: Schema.optionalKey(FilterTexts),
    metrics: Schema.optionalKey(MetricList),
    limit: integerText(Limit).pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(10))),
    cursor: Schema.optionalKey(Cursor),
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

const askQuestions = HttpApiEndpoint.post("askQuestions", "/v1/projects/:projectId/questions", {
  params: Schema.Struct({
    projectId: ProjectId,
  }),
  payload: Questions,
  success: Answers,
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
  .annotate(RequiredScopes, ["stats:read"])
  .annotate(OpenApi.Identifier, "askQuestions")
  .annotate(OpenApi.Summary, "Several questions at once")

export class AnalyticsGroup extends HttpApiGroup.make("analytics")
  .add(getTimeseries)
  .add(getBreakdown)
  .add(getOnline)
  .add(getFirstEvent)
  .add(getTracking)
  .add(askQuestions) {}

export class FootfallAnalytics extends HttpApi.make("FootfallAnalytics")
  .annotate(HttpApi.QueryParseOptions, { errors: "all", onExcessProperty: "error" })
  .annotate(OpenApi.Title, "Footfall Analytics")
  .annotate(OpenApi.Version, "1.0.0")
  .add(AnalyticsGroup) {}
