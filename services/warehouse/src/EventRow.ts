import { attributeColumns, type Attributes } from "./Attributes.ts"
import { encodeProperties, wellFormed } from "./json.ts"

/** A row of `events`: one accepted event of a person. Everything but session, person and attributes is the event's own and never changes. Ids of 64 bits are decimal digits, times epoch milliseconds. */
export interface EventRow {
  readonly projectId: string
  readonly timestamp: number
  readonly eventId: string
  readonly kind: "pageview" | "event"
  readonly name: string
  readonly visitorId: string
  readonly personId: string
  readonly sessionId: string
  readonly hostname: string
  readonly path: string
  readonly query: string
  readonly title: string
  readonly properties: Readonly<Record<string, unknown>> | undefined
  readonly receivedAt: number
  readonly attributes: Attributes
  /** What the event itself says of the attributes, by {@link encodeOwn}. */
  readonly own: string
}

/** A row of `bot_events`: an event of automated traffic and what gave it away. Its session id is "0". */
export interface BotEventRow extends Omit<EventRow, "own"> {
  readonly botSignal: string
}

const fieldColumns = [
  "project_id",
  "timestamp",
  "event_id",
  "kind",
  "name",
  "visitor_id",
  "person_id",
  "session_id",
  "hostname",
  "path",
  "query",
  "title",
]

const sharedColumns = [...fieldColumns, ...attributeColumns, "properties", "received_at"]

/** Columns of `events` in the order of {@link encodeEventRow}. */
export const eventColumns: ReadonlyArray<string> = [...sharedColumns, "own"]

/** Columns of `bot_events` in the order of {@link encodeBotEventRow}. */
export const botEventColumns: ReadonlyArray<string> = [...sharedColumns, "bot_signal"]

const fields = (row: Omit<EventRow, "own">): string =>
  // Digits and UUIDs need no escaping; written directly they cost a third of JSON.stringify.
  `"${row.projectId}",${row.timestamp},"${row.eventId}","${row.kind}",${JSON.stringify(row.name)},` +
  `"${row.visitorId}","${row.personId}","${row.sessionId}",` +
  `${JSON.stringify(row.hostname)},${JSON.stringify(row.path)},${JSON.stringify(row.query)},${JSON.stringify(row.title)},` +
  `${row.attributes.encoded},${encodeProperties(row.properties)},${row.receivedAt}`

/** One line of JSONCompactEachRow for `events`. */
export const encodeEventRow = (row: EventRow): string => wellFormed(`[${fields(row)},${JSON.stringify(row.own)}]\n`)

/** One line of JSONCompactEachRow for `bot_events`. */
export const encodeBotEventRow = (row: BotEventRow): string => wellFormed(`[${fields(row)},${JSON.stringify(row.botSignal)}]\n`)
