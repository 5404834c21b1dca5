import type { Statement } from "@footfall/platform/ClickHouse"
import { Schema } from "effect"
import { attributeColumns, Attributes } from "./Attributes.ts"
import { hoursBetween, type Span } from "./hours.ts"
import { decodeOwn } from "./ownAttributes.ts"
import type { SessionRow } from "./SessionRow.ts"

/** What the warehouse has of some visitors of a project at some time. */
export interface Asked {
  readonly projectId: string
  readonly visitorIds: ReadonlyArray<string>
  readonly spans: ReadonlyArray<Span>
}

const Number64 = Schema.FiniteFromString
const ATTRIBUTES = `[${attributeColumns.map((column) => `toString(${column})`).join(", ")}]`

/** As long as a question may take that holds up a partition. */
const limits = { max_execution_time: 20, timeout_overflow_mode: "throw", max_memory_usage: "2000000000" } as const

const params = ({ projectId, visitorIds, spans }: Asked) => ({
  project: projectId,
  visitors: visitorIds.map(BigInt),
  hours: hoursBetween(spans),
})

const SessionAnswer = Schema.Struct({
  project: Schema.String,
  session: Schema.String,
  visitor: Schema.String,
  person: Schema.String,
  started: Number64,
  ended: Number64,
  pageviews: Schema.Finite,
  events: Schema.Finite,
  exit_path: Schema.String,
  hostname: Schema.String,
  attributes: Schema.Array(Schema.String),
  pages: Schema.Array(Schema.String),
  names: Schema.Array(Schema.String),
  version: Schema.Finite,
})

/** The current rows of sessions that began under one of the visitor ids within one of the hours. */
export const storedSessions = (asked: Asked): Statement<typeof SessionAnswer.Type, typeof SessionAnswer.Encoded> => ({
  sql: `SELECT toString(project_id) AS project, toString(session_id) AS session, toString(visitor_id) AS visitor, toString(person_id) AS person,
  toString(toUnixTimestamp64Milli(started_at)) AS started, toString(toUnixTimestamp64Milli(ended_at)) AS ended,
  pageviews, events, exit_path, hostname, ${ATTRIBUTES} AS attributes, pages, names, version
FROM sessions
WHERE project_id = {project:UInt64} AND toStartOfHour(started_at) IN {hours:Array(DateTime('UTC'))} AND visitor_id IN {visitors:Array(UInt64)}
GROUP BY ALL
HAVING sum(sign) > 0`,
  params: params(asked),
  row: SessionAnswer,
  settings: limits,
})

/** The row of an answer to {@link storedSessions}. */
export const sessionRowOf = (answer: typeof SessionAnswer.Type): SessionRow => ({
  projectId: answer.project,
  sessionId: answer.session,
  visitorId: answer.visitor,
  personId: answer.person,
  startedAt: answer.started,
  endedAt: answer.ended,
  pageviews: answer.pageviews,
  events: answer.events,
  exitPath: answer.exit_path,
  hostname: answer.hostname,
  attributes: new Attributes(answer.attributes),
  pages: answer.pages,
  names: answer.names,
  version: answer.version,
})

const EventAnswer = Schema.Struct({
  id: Schema.String,
  session: Schema.String,
  visitor: Schema.String,
  at: Number64,
  kind: Schema.Literals(["pageview", "event"]),
  name: Schema.String,
  hostname: Schema.String,
  path: Schema.String,
  attributes: Schema.Array(Schema.String),
  own: Schema.String,
})

/** The events of the visitor ids in the hours; of one visitor id at most `most`. */
export const storedEvents = (asked: Asked, most: number): Statement<typeof EventAnswer.Type, typeof EventAnswer.Encoded> => ({
  sql: `SELECT toString(event_id) AS id, toString(session_id) AS session, toString(visitor_id) AS visitor,
  toString(toUnixTimestamp64Milli(timestamp)) AS at, kind, name, hostname, path, ${ATTRIBUTES} AS attributes, own
FROM events
WHERE project_id = {project:UInt64} AND toStartOfHour(timestamp) IN {hours:Array(DateTime('UTC'))} AND visitor_id IN {visitors:Array(UInt64)}
LIMIT {most:UInt32} BY visitor_id`,
  params: { ...params(asked), most },
  row: EventAnswer,
  settings: limits,
})

/** An event as it happened, and the session that its row says it is in. */
export interface StoredEvent {
  readonly id: string
  readonly sessionId: string
  readonly visitorId: string
  readonly at: number
  readonly kind: "pageview" | "event"
  readonly name: string
  readonly hostname: string
  readonly path: string
  /** Its own. */
  readonly attributes: Attributes
}

/** The event of an answer to {@link storedEvents}. */
export const storedEventOf = ({ session, visitor, attributes, own, ...event }: typeof EventAnswer.Type): StoredEvent => ({
  ...event,
  sessionId: session,
  visitorId: visitor,
  attributes: decodeOwn(own, new Attributes(attributes), event.path),
})
