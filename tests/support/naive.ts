import type { KnownEvent } from "./traffic.ts"

/**
 * The numbers of the glossary, computed in the plainest way over known events: no buckets of state, no SQL, every definition written out.
 * Events have to be in the order of their timestamps.
 */
export interface NaiveSession {
  readonly visitor: string
  readonly events: Array<KnownEvent>
}

const HALF_HOUR = 30 * 60_000
const DAY = 24 * 3_600_000

export const sessionsOf = (events: ReadonlyArray<KnownEvent>): Array<NaiveSession> => {
  const sessions: Array<NaiveSession> = []
  const current = new Map<string, NaiveSession>()
  for (const event of events) {
    const open = current.get(event.visitor.id)
    const first = open?.events[0]
    const last = open?.events.at(-1)
    if (open !== undefined && first !== undefined && last !== undefined && event.at - last.at <= HALF_HOUR && event.at - first.at <= DAY) {
      open.events.push(event)
    } else {
      const session = { visitor: event.visitor.id, events: [event] }
      sessions.push(session)
      current.set(event.visitor.id, session)
    }
  }
  return sessions
}

export interface NaiveMetrics {
  readonly visitors: number
  readonly visits: number
  readonly pageviews: number
  readonly bounceRate: number | null
  readonly visitDuration: number | null
}

/** What a session's events all carry: decided by its first event; when that is a custom event without a source, the first page view tells it. */
export const attributesOf = (session: NaiveSession) => {
  const first = session.events[0]!
  const firstView = session.events.find(({ kind }) => kind === "pageview")
  return {
    entry_page: first.page,
    source: first.kind === "event" && first.source === "" ? (firstView?.source ?? "") : first.source,
    country: first.visitor.country,
    browser: first.visitor.browser,
    os: first.visitor.os,
    device: first.visitor.device,
  }
}

type Attributes = ReturnType<typeof attributesOf>

/** Decides whether an event, with its session's attributes, matches. */
export type Matches = (event: KnownEvent, attributes: Attributes) => boolean

export const metrics = (sessions: ReadonlyArray<NaiveSession>, from: number, to: number, matches: Matches = () => true): NaiveMetrics => {
  const matching = sessions.flatMap((session) => session.events.filter((event) => matches(event, attributesOf(session))))
  const inRange = matching.filter((event) => event.at >= from && event.at < to)
  const visits = sessions.filter((session) => {
    const start = session.events[0]!.at
    return start >= from && start < to && session.events.some((event) => matches(event, attributesOf(session)))
  })
  const bounces = visits.filter((session) => session.events.length === 1 && session.events[0]!.kind === "pageview")
  const durations = visits.map((session) => (session.events.at(-1)!.at - session.events[0]!.at) / 1000)
  return {
    visitors: new Set(inRange.map((event) => event.visitor.id)).size,
    visits: visits.length,
    pageviews: inRange.filter((event) => event.kind === "pageview").length,
    bounceRate: visits.length === 0 ? null : bounces.length / visits.length,
    visitDuration: visits.length === 0 ? null : durations.reduce((sum, seconds) => sum + seconds, 0) / visits.length,
  }
}

/** Rows of a breakdown: the metrics of the events with each value. */
export const breakdown = (
  sessions: ReadonlyArray<NaiveSession>,
  from: number,
  to: number,
  valueOf: (event: KnownEvent, attributes: Attributes) => string | undefined,
): Map<string, { visitors: number; visits: number; pageviews: number; events: number }> => {
  const values = new Set<string>()
  for (const session of sessions)
    for (const event of session.events) {
      const value = valueOf(event, attributesOf(session))
      if (value !== undefined && event.at >= from && event.at < to) values.add(value)
    }
  return new Map(
    [...values].map((value) => {
      const matches: Matches = (event, attributes) => valueOf(event, attributes) === value
      const { visitors, visits, pageviews } = metrics(sessions, from, to, matches)
      const events = sessions
        .flatMap((session) => session.events.filter((event) => matches(event, attributesOf(session))))
        .filter((event) => event.kind === "event" && event.at >= from && event.at < to).length
      return [value, { visitors, visits, pageviews, events }]
    }),
  )
}
