import type { Attributes } from "@footfall/warehouse/Attributes"
import type { SessionRow } from "@footfall/warehouse/SessionRow"
import { createHash } from "node:crypto"
import { hasRoom, NOWHERE, visit } from "./Visited.ts"

/** Longest silence within a session, ms. */
export const IDLE = 30 * 60_000

/** Longest session, ms. */
export const LONGEST = 24 * 3_600_000

/** How long after its last event arrived a session can still be joined by late ones, ms of log time. */
export const REMEMBERED = 72 * 3_600_000

/** A session as the worker remembers it: the row that the warehouse has, and what is needed to change it. */
export interface Session extends SessionRow {
  /** When the latest page view happened; {@link SessionRow.exitPath} is its path. 0 before the first. */
  readonly exitAt: number
  /** When its last event arrived, by the log. */
  readonly touchedAt: number
}

/** What a session has to know about an event. */
export interface SessionEvent {
  readonly eventId: string
  readonly kind: "pageview" | "event"
  readonly at: number
  readonly receivedAt: number
  /** Empty for page views. */
  readonly name: string
  readonly hostname: string
  readonly path: string
}

/** UInt64 as decimal digits, never 0: the first eight bytes of SHA-256 over visitor and first event. */
export const sessionIdOf = (visitorId: string, eventId: string): string => {
  const id = createHash("sha256").update(`${visitorId}:${eventId}`).digest().readBigUInt64BE()
  return String(id === 0n ? 1n : id)
}

/** How far an event lies outside of a session's interval, ms; undefined when the session cannot take it. */
const distance = (session: Session, event: SessionEvent): number | undefined => {
  const { at, receivedAt } = event
  const outside = Math.max(session.startedAt - at, at - session.endedAt, 0)
  const length = Math.max(session.endedAt, at) - Math.min(session.startedAt, at)
  const near = outside <= IDLE && length <= LONGEST && receivedAt - session.touchedAt <= REMEMBERED
  return near && hasRoom(session, event) ? outside : undefined
}

/**
 * The session that an event joins: one whose interval, widened by 30 minutes, holds it, which stays within 24 hours and has room
 * for it. Of several the nearest, of equally near ones the first of the list.
 */
export const sessionFor = (sessions: ReadonlyArray<Session>, event: SessionEvent): Session | undefined => {
  let nearest: Session | undefined
  let least = Infinity
  for (const session of sessions) {
    const outside = distance(session, event)
    if (outside !== undefined && outside < least) {
      nearest = session
      least = outside
    }
  }
  return nearest
}

/** The session after one more event. Its attributes stay those of the first event that arrived. */
export const join = (session: Session, event: SessionEvent): Session => {
  const viewed = event.kind === "pageview"
  const leaves = viewed && event.at >= session.exitAt
  return {
    ...session,
    startedAt: Math.min(session.startedAt, event.at),
    endedAt: Math.max(session.endedAt, event.at),
    pageviews: session.pageviews + (viewed ? 1 : 0),
    events: session.events + (viewed ? 0 : 1),
    ...visit(session, event),
    exitPath: leaves ? event.path : session.exitPath,
    exitAt: leaves ? event.at : session.exitAt,
    version: session.version + 1,
    touchedAt: Math.max(session.touchedAt, event.receivedAt),
  }
}

/** A session that begins with this event. */
export const begin = (projectId: string, visitorId: string, attributes: Attributes, event: SessionEvent): Session =>
  join(
    {
      projectId,
      sessionId: sessionIdOf(visitorId, event.eventId),
      visitorId,
      personId: visitorId,
      startedAt: event.at,
      endedAt: event.at,
      pageviews: 0,
      events: 0,
      exitPath: "",
      exitAt: 0,
      hostname: event.hostname,
      attributes,
      ...NOWHERE,
      version: 0,
      touchedAt: event.receivedAt,
    },
    event,
  )

/** The sessions that a late event could still join at this log time; the others may be forgotten. */
export const remembered = (sessions: ReadonlyArray<Session>, receivedAt: number): ReadonlyArray<Session> =>
  sessions.every((session) => receivedAt - session.touchedAt <= REMEMBERED)
    ? sessions
    : sessions.filter((session) => receivedAt - session.touchedAt <= REMEMBERED)
