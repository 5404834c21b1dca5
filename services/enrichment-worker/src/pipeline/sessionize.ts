import { Attributes } from "@footfall/warehouse/Attributes"
import type { Correction } from "@footfall/warehouse/correct"
import type { BotEventRow, EventRow } from "@footfall/warehouse/EventRow"
import { encodeOwn } from "@footfall/warehouse/ownAttributes"
import type { SessionRow } from "@footfall/warehouse/SessionRow"
import { originOf } from "../domain/Channel.ts"
import type { History, Window } from "../domain/History.ts"
import type { ArrivedEvent, OpenSession } from "../domain/OpenSession.ts"
import { scrub } from "../domain/scrub.ts"
import { compare, remembered, type Session, UNKNOWN, type VisitorState } from "../domain/Session.ts"
import { OpenVisitors } from "../domain/OpenVisitors.ts"
import type { Enriched } from "./enrich.ts"

/** What is kept of visitor ids. Knows every visitor of the batch that has sessions. */
export type States = ReadonlyMap<string, VisitorState>

/** A session and its line for the warehouse. */
interface Written {
  readonly session: SessionRow
  readonly line: string
}

/** What a batch adds to the warehouse and changes in the states. */
export interface Sessionized {
  readonly events: ReadonlyArray<EventRow>
  readonly botEvents: ReadonlyArray<BotEventRow>
  /** Sessions as the warehouse has them, to be taken back. */
  readonly replaced: ReadonlyArray<SessionRow>
  /** Sessions that are new, or new in what they are. */
  readonly sessions: ReadonlyArray<Written>
  /** Events in the warehouse whose session is another now, or has other attributes. */
  readonly corrections: ReadonlyArray<Correction>
  readonly states: States
}

/** What a batch needs to know of the past. */
export interface Past {
  readonly states: States
  readonly history: History
}

/** The visitor ids whose states an event needs: the visitor's own, and those of the days beside it. */
export const idsOf = ({ visitorId, previousVisitorId, nextVisitorId }: Enriched): ReadonlyArray<string> => {
  const ids = [visitorId]
  if (previousVisitorId !== undefined) ids.push(previousVisitorId)
  if (nextVisitorId !== undefined) ids.push(nextVisitorId)
  return ids
}

/** The visitors whose states a batch needs. Bots make no session and need none. */
export const visitorsOf = (enriched: ReadonlyArray<Enriched>): ReadonlySet<string> => {
  const visitors = new Set<string>()
  for (const one of enriched) if (one.client.botSignal === "") for (const id of idsOf(one)) visitors.add(id)
  return visitors
}

const attributesOf = ({ page, event, client, place, language }: Enriched): Attributes => {
  const { utm, clickId, path } = page
  const { referrer, source, channel } = originOf(page, event.referrer)
  const tags = { utmSource: utm.source, utmMedium: utm.medium, utmCampaign: utm.campaign, utmTerm: utm.term, utmContent: utm.content }
  return Attributes.of({ entryPath: path, referrer, source, channel, ...tags, clickId, ...place, ...client.device, language })
}

/** An event of the batch as its session sees it. Most events are never asked for their own attributes. */
class BatchEvent implements ArrivedEvent {
  readonly enriched: Enriched
  readonly at: number
  readonly id: string
  /** Set when its session is known. */
  row: EventRow | undefined
  #attributes: Attributes | undefined

  constructor(enriched: Enriched) {
    this.enriched = enriched
    this.at = enriched.event.at
    this.id = enriched.event.id
  }

  get kind() {
    return this.enriched.event.kind
  }

  get name() {
    return this.enriched.event.name
  }

  get hostname() {
    return this.enriched.page.hostname
  }

  get path() {
    return this.enriched.page.path
  }

  get visitorId() {
    return this.enriched.visitorId
  }

  get receivedAt() {
    return this.enriched.receivedAt
  }

  get attributes() {
    return (this.#attributes ??= attributesOf(this.enriched))
  }
}

const rowOf = (
  { projectId, visitorId, event, page, receivedAt }: Enriched,
  personId: string,
  sessionId: string,
  attributes: Attributes,
  own: string,
): EventRow => ({
  projectId,
  timestamp: event.at,
  eventId: event.id,
  kind: event.kind,
  name: event.name,
  visitorId,
  personId,
  sessionId,
  hostname: page.hostname,
  path: page.path,
  query: page.query,
  title: scrub(event.title),
  properties: event.properties,
  receivedAt,
  attributes,
  own,
})

const botRowOf = (one: Enriched): BotEventRow => ({
  ...rowOf(one, one.visitorId, "0", attributesOf(one), ""),
  botSignal: one.client.botSignal,
})

const correctionsOf = (open: OpenSession<BatchEvent>, session: Session): ReadonlyArray<Correction> =>
  open.stretches.flatMap(({ session: before, from, to }) => {
    const sessionIds = before.stored?.sessionIds ?? [before.sessionId]
    const same =
      before.stored === undefined &&
      before.sessionId === session.sessionId &&
      before.personId === session.personId &&
      before.attributes.equals(session.attributes)
    if (same) return []
    const visitorIds = [before.visitorId, before.nextVisitorId].filter((id) => id !== "")
    const { projectId, sessionId, personId, attributes } = session
    return [{ projectId, visitorIds, sessionIds, from, to, sessionId, personId, attributes }]
  })

/** The column `own` of an event in a session with these attributes. Most come from a page of the same site and need no look at the rest. */
const ownOf = (event: BatchEvent, ofSession: Attributes): string => {
  const { page, event: logged, place, client, language } = event.enriched
  const { hostname, utm, clickId } = page
  const isTagged = clickId !== "" || utm.source !== "" || utm.medium !== "" || utm.campaign !== "" || utm.term !== "" || utm.content !== ""
  const isInternal = logged.referrer === "" || logged.referrer.startsWith(`https://${hostname}/`)
  if (!isTagged && isInternal && ofSession.isOfClient(place, client.device, language)) return ""
  return encodeOwn(event.attributes, ofSession)
}

/** A session that was read back and has not changed, as it is remembered: what the warehouse has. */
const asStored = (session: Session): Session => {
  if (session.stored === undefined) return session
  const { stored, ...own } = session
  return { ...own, ...stored.row }
}

const isUnchanged = (state: VisitorState, before: VisitorState): boolean =>
  state.continues === before.continues &&
  state.sessions.length === before.sessions.length &&
  state.sessions.every((session) => before.sessions.includes(session))

/** Takes out what would be taken back and written again as it is: what a batch did before it was cut off and repeated. */
const withoutReturns = (replaced: ReadonlyArray<SessionRow>, sessions: ReadonlyArray<Written>) => {
  const written = new Map(sessions.map(({ session: { sessionId, version } }) => [sessionId, version]))
  const isBack = ({ sessionId, version }: SessionRow) => written.get(sessionId) === version
  const back = new Set(replaced.filter(isBack).map(({ sessionId }) => sessionId))
  if (back.size === 0) return { replaced, sessions }
  return { replaced: replaced.filter((one) => !isBack(one)), sessions: sessions.filter(({ session }) => !back.has(session.sessionId)) }
}

/**
 * Gives every event its session. The outcome depends on the visitors' events only: however a log is cut into batches, in whatever order
 * events arrive, and however often a batch is repeated, it is the same. An event may belong to a session under its own visitor id or
 * under that of a day beside it; a session has the id of its first event. Where more has to be known of the past than the states tell, the
 * windows of the history to read are returned instead.
 */
export const sessionize = (enriched: ReadonlyArray<Enriched>, past: Past): Sessionized | ReadonlyArray<Window> => {
  const people = enriched.filter(({ client }) => client.botSignal === "").map((one) => new BatchEvent(one))
  const visitors = new OpenVisitors<BatchEvent>(past.states, past.history)
  const unread: Array<Window> = []
  let logTime = 0
  for (const event of people.toSorted(compare)) {
    const window = visitors.place(event.enriched.projectId, idsOf(event.enriched), event)
    if (window !== undefined) unread.push(window)
    logTime = Math.max(logTime, event.receivedAt)
  }
  if (unread.length > 0) return unread

  const sessions: Array<Written> = []
  const corrections: Array<Correction> = []
  const states = new Map<string, VisitorState>()
  const close = (open: OpenSession<BatchEvent>): Session => {
    const closed = open.close()
    const { personId, sessionId, attributes } = closed.session
    sessions.push(closed)
    if (open.stretches.length > 0) corrections.push(...correctionsOf(open, closed.session))
    for (const event of open.added) event.row = rowOf(event.enriched, personId, sessionId, attributes, ownOf(event, attributes))
    return closed.session
  }
  for (const [id, open] of visitors.sessions) {
    const all = open.map((one) => (one.unchanged === undefined ? close(one) : asStored(one.unchanged)))
    const state = { sessions: remembered(all, logTime), continues: visitors.continues(id) }
    if (!isUnchanged(state, past.states.get(id) ?? UNKNOWN)) states.set(id, state)
  }
  return {
    events: people.map(({ row }) => row!),
    botEvents: enriched.filter(({ client }) => client.botSignal !== "").map(botRowOf),
    ...withoutReturns(
      visitors.replaced.map((session) => session.stored?.row ?? session),
      sessions,
    ),
    corrections,
    states,
  }
}
