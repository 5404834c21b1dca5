import type { components as Analytics, operations as AnalyticsOperations } from "../generated/analytics.d.ts"
import type { components as Ingest } from "../generated/ingest.d.ts"
import type { components as Management } from "../generated/management.d.ts"

type Query<Operation extends { parameters: { query?: unknown } }> = NonNullable<Operation["parameters"]["query"]>

/** What a project is, with its public write key. */
export type Project = Management["schemas"]["Project"]
export type ProjectCreate = Management["schemas"]["ProjectCreate"]
export type ProjectList = Management["schemas"]["ProjectList"]
export type SecretKey = Management["schemas"]["SecretKey"]
export type SecretKeyCreate = Management["schemas"]["SecretKeyCreate"]
export type SecretKeyCreated = Management["schemas"]["SecretKeyCreated"]
export type Scope = Management["schemas"]["Scope"]
export type SetupState = Management["schemas"]["SetupState"]
export type OwnerCreate = Management["schemas"]["OwnerCreate"]
export type Credentials = Management["schemas"]["Credentials"]
export type Session = Management["schemas"]["Session"]
export type User = Management["schemas"]["User"]

/** The name of a number that the API answers with; `metrics` says what each is. */
export type Metric = Analytics["schemas"]["Metric"]
/** The numbers of a range or bucket, those that were asked for. */
export type Metrics = Analytics["schemas"]["Metrics"]
export type Bucket = Analytics["schemas"]["Bucket"]
export type Interval = Analytics["schemas"]["Interval"]
export type Timeseries = Analytics["schemas"]["Timeseries"]
export type Comparison = Analytics["schemas"]["Comparison"]
/** Which events count, as a tree. */
export type Filter = Analytics["schemas"]["Filter"]
/** Several questions in one request, and their answers in the same order. */
export type Question = Analytics["schemas"]["Question"]
export type Answer = Analytics["schemas"]["Answer"]
export type Dimension = Analytics["schemas"]["Dimension"]
export type Breakdown = Analytics["schemas"]["Breakdown"]
export type BreakdownRow = Analytics["schemas"]["BreakdownRow"]
export type Online = Analytics["schemas"]["Online"]
export type FirstEvent = Analytics["schemas"]["FirstEvent"]
/** When events arrived last, and how many were set aside as those of bots. */
export type Tracking = Analytics["schemas"]["Tracking"]
export type AnswerMeta = Analytics["schemas"]["AnswerMeta"]
/** The range, comparison, interval and filters that a time series is asked for with. */
export type TimeseriesQuery = Query<AnalyticsOperations["getTimeseries"]>
/** The same for a breakdown, with its dimension and paging. */
export type BreakdownQuery = Query<AnalyticsOperations["getBreakdown"]>

/** What is sent to `POST /v1/events`, and the answer. */
export type EventBatch = Ingest["schemas"]["EventBatch"]
export type Event = Ingest["schemas"]["Event"]
export type PageviewEvent = Ingest["schemas"]["PageviewEvent"]
export type CustomEvent = Ingest["schemas"]["CustomEvent"]
export type Receipt = Ingest["schemas"]["Receipt"]
export type Refusal = Ingest["schemas"]["Refusal"]

/** RFC 9457 problem details, as every error of the API is answered. */
export type Problem = Ingest["schemas"]["Problem"]
/** A problem that says where the request is wrong. */
export type ValidationProblem = Ingest["schemas"]["ValidationProblem"]
export type FieldError = Ingest["schemas"]["FieldError"]
