import type { Attributes } from "@footfall/warehouse/Attributes"
import type { SessionRow } from "@footfall/warehouse/SessionRow"
import { createHash } from "node:crypto"

/** Longest silence within a session, ms. */
export const IDLE_MS = 30 * 60_000

/** Longest session, ms. */
export const LONGEST_MS = 24 * 3_600_000

/** How long after its last event arrived a session is kept in the state, ms of log time. What is older is read back from the warehouse. */
export const REMEMBERED_MS = 72 * 3_600_000

/** Where an event stands among the others of a visitor: by its time, and at the same time by its id. */
export interface Position {
  /** Epoch milliseconds. */
  readonly at: number
  readonly id: string
}

/** The order of events, negative when `a` comes first. */
export const compare = (a: Position, b: Position): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** What a session has to know about an event. Nothing here depends on other events. */
export interface SessionEvent extends Position {
  readonly kind: "pageview" | "event"
  /** Empty for page views. */
  readonly name: string
  readonly hostname: string
  readonly path: string
  /** The visitor on the day of the event. */
  readonly visitorId: string
  /** What the event itself says of the attributes. */
  readonly attributes: Attributes
}

/** The earliest page view of a session that begins with a custom event. */
export interface FirstView extends Position {
  readonly attributes: Attributes
}

/**
 * Whose attribution a session carries. `view`: its first event is a page view. `own`: its first event is a custom event that says where
 * it came from. `borrowed`: its first event is a custom event that does not, so the first page view is asked.
 */
export type AttributionOf = "view" | "own" | "borrowed"

/** A session as the worker remembers it: the row that the warehouse has, and what is needed to change it. */
export interface Session extends SessionRow {
  /** Id of the first event, whose time is {@link SessionRow.startedAt}. Empty when it is not known: then it comes before all others of its time. */
  readonly firstId: string
  readonly attributionOf: AttributionOf
  /** Absent when the first event is a page view, or there is none. */
  readonly firstView: FirstView | undefined
  /** Position of the latest page view, whose path is {@link SessionRow.exitPath}; at 0 before the first. */
  readonly exit: Position
  /** The visitor's id of the next day, when the session goes on after midnight; else empty. */
  readonly nextVisitorId: string
  /** When its last event arrived, by the log. */
  readonly touchedAt: number
  /** Of a session read back from the warehouse: its row there, and the session ids that its events carry there. */
  readonly stored?: { readonly row: SessionRow; readonly sessionIds: ReadonlyArray<string> }
}

/** What is kept of a visitor id. */
export interface VisitorState {
  /** The sessions that began under this id, in no order. */
  readonly sessions: ReadonlyArray<Session>
  /** The id of the day before, when a session of it went on under this one; else empty. */
  readonly continues: string
}

/** The state of a visitor without any. */
export const UNKNOWN: VisitorState = { sessions: [], continues: "" }

/** UInt64 as decimal digits, never 0: the first eight bytes of SHA-256 over visitor and first event. */
export const sessionIdOf = (visitorId: string, eventId: string): string => {
  const id = createHash("sha256").update(`${visitorId}:${eventId}`).digest().readBigUInt64BE()
  return String(id === 0n ? 1n : id)
}

/** Whether a session may have been forgotten that an event of this time belongs to. Ingest's clocks may differ by an hour. */
export const mayBeForgotten = (at: number, receivedAt: number): boolean => at < receivedAt - REMEMBERED_MS + 3_600_000 + IDLE_MS

/** The sessions that are remembered at this log time. */
export const remembered = (sessions: ReadonlyArray<Session>, receivedAt: number): ReadonlyArray<Session> =>
  sessions.filter((session) => receivedAt - session.touchedAt <= REMEMBERED_MS)
