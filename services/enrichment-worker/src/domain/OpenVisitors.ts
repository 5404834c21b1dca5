import type { History, Window } from "./History.ts"
import { type ArrivedEvent, OpenSession } from "./OpenSession.ts"
import { type Session, UNKNOWN, type VisitorState } from "./Session.ts"
import { canTake, Timeline } from "./Timeline.ts"

const NONE: ReadonlyArray<never> = []

/**
 * The sessions of the visitors of a batch, by the visitor id under which they began. An event sees those of the ids that it knows, and
 * those that went on under one of them; so it is the same whether other events come in the same batch or in one before.
 */
export class OpenVisitors<E extends ArrivedEvent> {
  readonly #states: ReadonlyMap<string, VisitorState>
  readonly #history: History
  readonly #sessions = new Map<string, ReadonlyArray<OpenSession<E>>>()
  readonly #continues = new Map<string, string>()

  constructor(states: ReadonlyMap<string, VisitorState>, history: History) {
    this.#states = states
    this.#history = history
  }

  /** Gives an event of a visitor with these ids its session. Returns the part of the history that has to be read first, if any. */
  place(projectId: string, ids: ReadonlyArray<string>, event: E): Window | undefined {
    const known = this.#linked(ids)
    const [only] = known
    // The two usual cases: a new visitor, and one whose only visit goes on.
    if (only === undefined) return this.#listFirst(OpenSession.first(projectId, event))
    if (known.length === 1 && canTake(only, event)) return this.#goOn(only, event)
    const timeline = new Timeline<E>(projectId, known, this.#history)
    const window = timeline.place(event)
    for (const session of known) if (!timeline.sessions.includes(session)) this.#remove(session, session.listedUnder)
    for (const session of timeline.sessions) {
      if (session.listedUnder !== session.visitorId) {
        this.#remove(session, session.listedUnder)
        this.#list(session)
      }
      if (session.nextVisitorId !== "") this.#continues.set(session.nextVisitorId, session.visitorId)
    }
    return window
  }

  /** The visitor ids of which something is known, with their sessions. */
  get sessions(): ReadonlyMap<string, ReadonlyArray<OpenSession<E>>> {
    for (const id of this.#continues.keys()) if (!this.#sessions.has(id)) this.#sessions.set(id, this.#of(id))
    return this.#sessions
  }

  /** The id of the day before whose session went on under this one; else empty. */
  continues(id: string): string {
    return this.#continues.get(id) ?? this.#states.get(id)?.continues ?? ""
  }

  /** The committed sessions that are not as they were. */
  get replaced(): ReadonlyArray<Session> {
    const kept = new Set<Session | undefined>()
    for (const sessions of this.#sessions.values()) for (const { unchanged } of sessions) kept.add(unchanged)
    return [...this.#sessions.keys()].flatMap((id) => (this.#states.get(id) ?? UNKNOWN).sessions.filter((session) => !kept.has(session)))
  }

  #list(session: OpenSession<E>): undefined {
    this.#sessions.set(session.visitorId, [...this.#of(session.visitorId), session])
    session.listedUnder = session.visitorId
  }

  /** Lists the session of a visitor id that has none. */
  #listFirst(session: OpenSession<E>): undefined {
    this.#sessions.set(session.visitorId, [session])
    session.listedUnder = session.visitorId
  }

  #goOn(session: OpenSession<E>, event: E): undefined {
    session.take(event)
    if (session.nextVisitorId !== "") this.#continues.set(session.nextVisitorId, session.visitorId)
  }

  #linked(ids: ReadonlyArray<string>): ReadonlyArray<OpenSession<E>> {
    let sessions: ReadonlyArray<OpenSession<E>> = NONE
    let all = ids
    for (let place = 0; place < all.length; place++) {
      const own = this.#of(all[place]!)
      if (own.length > 0) sessions = sessions.length === 0 ? own : [...sessions, ...own]
      const before = this.continues(all[place]!)
      if (before !== "" && !all.includes(before)) all = [...all, before]
    }
    return sessions
  }

  #of(id: string): ReadonlyArray<OpenSession<E>> {
    const open = this.#sessions.get(id)
    if (open !== undefined) return open
    const committed = this.#states.get(id)?.sessions ?? NONE
    if (committed.length === 0) return NONE
    const sessions = committed.map((session) => OpenSession.of<E>(session))
    this.#sessions.set(id, sessions)
    return sessions
  }

  #remove(session: OpenSession<E>, from: string): void {
    if (from === "") return
    this.#sessions.set(
      from,
      this.#of(from).filter((one) => one !== session),
    )
  }
}
