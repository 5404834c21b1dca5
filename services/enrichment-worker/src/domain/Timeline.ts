import { earlier, type History, later, type Window } from "./History.ts"
import { type ArrivedEvent, OpenSession, type Stretch } from "./OpenSession.ts"
import { compare, IDLE_MS, LONGEST_MS, type Position, type SessionEvent } from "./Session.ts"

/** Whether a session goes on with an event that does not come before its first: inside of it, or soon enough after it. */
export const canTake = (session: OpenSession<ArrivedEvent>, event: SessionEvent): boolean =>
  event.at - session.endedAt <= IDLE_MS &&
  event.at - session.startedAt <= LONGEST_MS &&
  compare(event, session.first) > 0 &&
  session.hasRoom(event)

/**
 * The sessions of one visitor in the order of time. They are what the rule makes of the visitor's events: a session takes the next event
 * while the silence before it is at most 30 minutes, the session at most 24 hours long and its lists have room; else the next session
 * begins. So an event has its effect wherever it arrives: it may move a session's start, close the gap between two, or cut others anew.
 */
export class Timeline<E extends ArrivedEvent> {
  readonly projectId: string
  readonly #history: History
  readonly #sessions: Array<OpenSession<E>>

  constructor(projectId: string, sessions: ReadonlyArray<OpenSession<E>>, history: History) {
    this.projectId = projectId
    this.#history = history
    this.#sessions = sessions.toSorted((a, b) => compare(a.first, b.first))
  }

  /** In the order of time. */
  get sessions(): ReadonlyArray<OpenSession<E>> {
    return this.#sessions
  }

  /** Gives an event its session. Returns the part of the history that has to be read first, if any; then nothing has changed. */
  place(event: E): Window | undefined {
    const sessions = this.#sessions
    let index = sessions.length - 1
    while (index >= 0 && compare(sessions[index]!.first, event) > 0) index--
    const before = sessions[index]
    const after = sessions[index + 1]

    if (before !== undefined && event.at <= before.endedAt) {
      if (!before.hasRoom(event)) return this.#cutAnew(index, event)
      before.take(event)
      return undefined
    }
    const joins = before !== undefined && canTake(before, event)
    if (after === undefined || after.startedAt - event.at > IDLE_MS || (joins && after.startedAt - before.startedAt > LONGEST_MS)) {
      if (joins) before.take(event)
      else sessions.splice(index + 1, 0, OpenSession.first(this.projectId, event))
      return undefined
    }
    return this.#joinWithNext(joins ? index : index + 1, joins ? before : undefined, after, event)
  }

  /** The event makes one session of that before it, if any, and that after it, when the whole fits; else they are cut anew. */
  #joinWithNext(index: number, before: OpenSession<E> | undefined, after: OpenSession<E>, event: E): Window | undefined {
    const start = before?.startedAt ?? event.at
    const next = this.#sessions[this.#sessions.indexOf(after) + 1]
    // The session after them ended where it did because of its lists, which are others now.
    const disturbed = next !== undefined && next.startedAt - after.endedAt <= IDLE_MS && next.startedAt - start <= LONGEST_MS
    const fits = before === undefined ? after.hasRoom(event) : before.surelyHasRoomFor(after, event)
    if (after.endedAt - start > LONGEST_MS || disturbed || !fits) return this.#cutAnew(index, event)
    if (before === undefined) after.take(event)
    else {
      before.take(event)
      before.absorb(after)
      this.#sessions.splice(index + 1, 1)
    }
    return undefined
  }

  /** Cuts a run of sessions anew, from this one on to the next silence, with one more event. */
  #cutAnew(index: number, event: E): Window | undefined {
    const sessions = this.#sessions
    let last = index
    let end = Math.max(sessions[index]!.endedAt, event.at)
    while (last + 1 < sessions.length && sessions[last + 1]!.startedAt - end <= IDLE_MS) {
      last++
      end = Math.max(end, sessions[last]!.endedAt)
    }
    const run = sessions.slice(index, last + 1)
    const stretches = run.flatMap((session) => session.stretches)
    const window = this.#windowOf(stretches)
    const stored = window === undefined ? [] : this.#history.events(window)
    if (stored === "unread") return window
    if (stored === "too many") return this.#leaveAlone(index, event)

    const added = new Map<SessionEvent, E>([...run.flatMap((session) => session.added), event].map((one) => [one, one]))
    const touchedAt = Math.max(event.receivedAt, ...run.map((session) => session.touchedAt))
    const fresh: Array<{ readonly session: OpenSession<E>; end: Position }> = []
    for (const one of [...stored, ...added.keys()].sort(compare)) {
      const open = fresh.at(-1)
      if (open !== undefined && canTake(open.session, one)) {
        open.session.add(one, touchedAt)
        open.end = one
      } else fresh.push({ session: OpenSession.begin<E>(this.projectId, one, touchedAt), end: one })
      const ours = added.get(one)
      if (ours !== undefined) fresh.at(-1)!.session.added.push(ours)
    }
    for (const { session, end } of fresh) session.stretches = between(stretches, session.first, end)
    sessions.splice(index, run.length, ...fresh.map(({ session }) => run.find((old) => isSame(old, session)) ?? session))
    return undefined
  }

  /** Where the events of these stretches are; none when the warehouse has none of them. */
  #windowOf(stretches: ReadonlyArray<Stretch>): Window | undefined {
    if (stretches.length === 0) return undefined
    const visitorIds = new Set(stretches.flatMap(({ session }) => [session.visitorId, session.nextVisitorId]))
    visitorIds.delete("")
    const from = Math.min(...stretches.map((stretch) => stretch.from.at))
    const to = Math.max(...stretches.map((stretch) => stretch.to.at))
    return { projectId: this.projectId, visitorIds: [...visitorIds], from, to }
  }

  /** A visitor with too many events to cut anew, which no person has: the event joins a session that it fits into, or begins one. */
  #leaveAlone(index: number, event: E): undefined {
    const session = this.#sessions[index]!
    const length = Math.max(session.endedAt, event.at) - Math.min(session.startedAt, event.at)
    if (length <= LONGEST_MS && session.hasRoom(event)) session.take(event)
    else this.#sessions.push(OpenSession.first(this.projectId, event))
    this.#sessions.sort((a, b) => compare(a.first, b.first))
    return undefined
  }
}

/** The parts of stretches that lie between two positions, both included. */
const between = (stretches: ReadonlyArray<Stretch>, first: Position, last: Position): Array<Stretch> =>
  stretches
    .map(({ session, from, to }) => ({ session, from: later(from, first), to: earlier(to, last) }))
    .filter(({ from, to }) => compare(from, to) <= 0)

/** Whether cutting anew brought out a session as it was. */
const isSame = (old: OpenSession<ArrivedEvent>, anew: OpenSession<ArrivedEvent>): boolean =>
  compare(old.first, anew.first) === 0 &&
  old.endedAt === anew.endedAt &&
  old.pageviews === anew.pageviews &&
  old.customEvents === anew.customEvents
