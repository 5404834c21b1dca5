import { Attributes } from "@footfall/warehouse/Attributes"
import type { BotEventRow, EventRow } from "@footfall/warehouse/EventRow"
import { originOf } from "../domain/Channel.ts"
import { begin, join, remembered, sessionFor, type Session, type SessionEvent } from "../domain/Session.ts"
import type { Enriched } from "./enrich.ts"

/** Sessions by visitor, as committed. Knows every visitor of the batch; who has none has an empty list. */
export type States = ReadonlyMap<string, ReadonlyArray<Session>>

/** A session that the batch changed: as the warehouse has it (not at all when it is new), and as it will be. */
export interface Change {
  readonly before: Session | undefined
  readonly after: Session
}

/** What a batch adds to the warehouse and changes in the states. */
export interface Sessionized {
  readonly events: ReadonlyArray<EventRow>
  readonly botEvents: ReadonlyArray<BotEventRow>
  readonly changes: ReadonlyArray<Change>
  readonly states: States
}

/** The visitors whose states a batch needs. Bots make no session and need none. */
export const visitorsOf = (enriched: ReadonlyArray<Enriched>): ReadonlySet<string> => {
  const visitors = new Set<string>()
  for (const { client, visitorId, previousVisitorId } of enriched) {
    if (client.botSignal !== "") continue
    visitors.add(visitorId)
    if (previousVisitorId !== undefined) visitors.add(previousVisitorId)
  }
  return visitors
}

const attributesOf = ({ page, event, client, place, language }: Enriched): Attributes => {
  const { utm, clickId, path } = page
  const { referrer, source, channel } = originOf(page, event.referrer)
  const tags = { utmSource: utm.source, utmMedium: utm.medium, utmCampaign: utm.campaign, utmTerm: utm.term, utmContent: utm.content }
  return Attributes.of({ entryPath: path, referrer, source, channel, ...tags, clickId, ...place, ...client.device, language })
}

const rowOf = (
  { projectId, event, page, receivedAt }: Enriched,
  visitorId: string,
  sessionId: string,
  attributes: Attributes,
): EventRow => ({
  projectId,
  timestamp: event.at,
  eventId: event.id,
  kind: event.kind,
  name: event.name,
  visitorId,
  personId: visitorId,
  sessionId,
  hostname: page.hostname,
  path: page.path,
  query: page.query,
  title: event.title,
  properties: event.properties,
  receivedAt,
  attributes,
})

const none: ReadonlyArray<Session> = []

/**
 * Gives every event its session, one event at a time in the order of the log, deciding by committed state and the log alone:
 * however a log is cut into batches, and however often one is repeated, the outcome is the same. An event joins a session under
 * yesterday's visitor id or today's, whichever is nearer; yesterday's if both are equally near. A new session is today's.
 */
export const sessionize = (enriched: ReadonlyArray<Enriched>, committed: States): Sessionized => {
  const events: Array<EventRow> = []
  const botEvents: Array<BotEventRow> = []
  const states = new Map<string, ReadonlyArray<Session>>()
  const changes = new Map<string, { readonly before: Session | undefined; after: Session }>()
  const sessionsOf = (visitorId: string) => states.get(visitorId) ?? committed.get(visitorId) ?? none

  for (const one of enriched) {
    const { projectId, visitorId, previousVisitorId, event, page, receivedAt } = one
    if (one.client.botSignal !== "") {
      botEvents.push({ ...rowOf(one, visitorId, "0", attributesOf(one)), botSignal: one.client.botSignal })
      continue
    }
    const { id: eventId, kind, name, at } = event
    const moment: SessionEvent = { eventId, kind, name, at, receivedAt, hostname: page.hostname, path: page.path }
    const earlier = previousVisitorId === undefined ? none : sessionsOf(previousVisitorId)
    const own = sessionsOf(visitorId)
    const before = sessionFor(earlier.length === 0 ? own : [...earlier, ...own], moment)
    const after = before === undefined ? begin(projectId, visitorId, attributesOf(one), moment) : join(before, moment)
    const others = sessionsOf(after.visitorId)
    const kept = remembered(before === undefined ? others : others.filter((session) => session !== before), receivedAt)
    states.set(after.visitorId, [...kept, after])
    const change = changes.get(after.sessionId)
    if (change === undefined) changes.set(after.sessionId, { before, after })
    else change.after = after
    events.push(rowOf(one, after.visitorId, after.sessionId, after.attributes))
  }
  return { events, botEvents, changes: [...changes.values()], states }
}
