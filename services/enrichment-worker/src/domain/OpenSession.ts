import type { Attributes } from "@footfall/warehouse/Attributes"
import { sealSession } from "@footfall/warehouse/SessionRow"
import { Pairs } from "./Pairs.ts"
import { type AttributionOf, compare, type FirstView, type Position, type Session, type SessionEvent, sessionIdOf } from "./Session.ts"

/** Events that the warehouse has already: those of a committed session between two positions, both included. */
export interface Stretch {
  readonly session: Session
  readonly from: Position
  readonly to: Position
}

/** An id after all others. */
const LAST_ID = "~"

const NEVER: Position = { at: 0, id: "" }

/** An event of a batch, with the time of the log at which it arrived. */
export interface ArrivedEvent extends SessionEvent {
  readonly receivedAt: number
}

/** A session while a batch is worked in. What it becomes depends on its events only, not on the order in which they are added. */
export class OpenSession<E extends ArrivedEvent> {
  readonly projectId: string
  /** The visitor id under which it is listed; empty while it is not. */
  listedUnder = ""
  /** The committed session that this still is. */
  unchanged: Session | undefined
  sessionId = ""
  visitorId = ""
  nextVisitorId = ""
  first: Position = NEVER
  endedAt = 0
  touchedAt = 0
  pageviews = 0
  customEvents = 0
  /** What of it the warehouse has. */
  stretches: Array<Stretch> = []
  /** What of it this batch brings. */
  added: Array<E> = []
  #hostname = ""
  #attributes!: Attributes
  #attributionOf: AttributionOf = "view"
  #firstView: FirstView | undefined
  #exit: Position = NEVER
  #exitPath = ""
  #pairs = Pairs.empty()

  private constructor(projectId: string) {
    this.projectId = projectId
  }

  /** A committed session, opened. */
  static of<E extends ArrivedEvent>(session: Session): OpenSession<E> {
    const open = new OpenSession<E>(session.projectId)
    open.unchanged = session
    open.listedUnder = session.visitorId
    open.sessionId = session.sessionId
    open.visitorId = session.visitorId
    open.nextVisitorId = session.nextVisitorId
    open.first = { at: session.startedAt, id: session.firstId }
    open.endedAt = session.endedAt
    open.touchedAt = session.touchedAt
    open.pageviews = session.pageviews
    open.customEvents = session.events
    open.stretches = [{ session, from: { at: session.startedAt, id: "" }, to: { at: session.endedAt, id: LAST_ID } }]
    open.#hostname = session.hostname
    open.#attributes = session.attributes
    open.#attributionOf = session.attributionOf
    open.#firstView = session.firstView
    open.#exit = session.exit
    open.#exitPath = session.exitPath
    open.#pairs = Pairs.of(session.pages, session.names)
    return open
  }

  /** A session of one event, which the warehouse may have already. */
  static begin<E extends ArrivedEvent>(projectId: string, event: SessionEvent, touchedAt: number): OpenSession<E> {
    const open = new OpenSession<E>(projectId)
    open.touchedAt = touchedAt
    open.#beginWith(event)
    open.endedAt = event.at
    open.#count(event)
    return open
  }

  /** A session of one event of the batch. */
  static first<E extends ArrivedEvent>(projectId: string, event: E): OpenSession<E> {
    const open = OpenSession.begin<E>(projectId, event, event.receivedAt)
    open.added.push(event)
    return open
  }

  get startedAt(): number {
    return this.first.at
  }

  get attributes(): Attributes {
    return this.#attributes
  }

  /** Whether an event about this page still fits into the lists that a session carries. */
  hasRoom({ path, name }: SessionEvent): boolean {
    return this.#pairs.hasRoom(path, name)
  }

  /** Whether the pages of another session and of an event still fit, even if all of them are new. */
  surelyHasRoomFor(other: OpenSession<E>, { path, name }: SessionEvent): boolean {
    return this.#pairs.surelyHasRoomFor(other.#pairs, path, name)
  }

  /** Adds an event of the batch. */
  take(event: E): void {
    this.add(event, event.receivedAt)
    this.added.push(event)
  }

  /** Adds an event. */
  add(event: SessionEvent, touchedAt: number): void {
    this.unchanged = undefined
    if (compare(event, this.first) < 0) {
      const earliestView = this.#earliestView()
      const visitorId = this.visitorId
      this.#beginWith(event, earliestView)
      if (visitorId !== event.visitorId) this.nextVisitorId = visitorId
    } else {
      if (event.visitorId !== this.visitorId) this.nextVisitorId = event.visitorId
      if (event.kind === "pageview") this.#viewed(event)
    }
    this.endedAt = Math.max(this.endedAt, event.at)
    this.touchedAt = Math.max(this.touchedAt, touchedAt)
    this.#count(event)
  }

  /** Takes in a session that begins later. */
  absorb(later: OpenSession<E>): void {
    this.unchanged = undefined
    const view = later.#earliestView()
    if (view !== undefined) this.#viewed(view)
    if (later.visitorId !== this.visitorId) this.nextVisitorId = later.visitorId
    else if (this.nextVisitorId === "") this.nextVisitorId = later.nextVisitorId
    this.endedAt = Math.max(this.endedAt, later.endedAt)
    this.touchedAt = Math.max(this.touchedAt, later.touchedAt)
    this.pageviews += later.pageviews
    this.customEvents += later.customEvents
    this.#leftBy(later.#exit, later.#exitPath)
    this.#pairs.addAll(later.#pairs)
    this.stretches.push(...later.stretches)
    this.added.push(...later.added)
  }

  /** The session as it will be committed, and its line for the warehouse. */
  close(): { readonly session: Session; readonly line: string } {
    const { projectId, sessionId, visitorId, startedAt, endedAt, pageviews } = this
    const session: { -readonly [Field in keyof Session]: Session[Field] } = {
      projectId,
      sessionId,
      visitorId,
      personId: visitorId,
      startedAt,
      endedAt,
      pageviews,
      events: this.customEvents,
      exitPath: this.#exitPath,
      hostname: this.#hostname,
      attributes: this.#attributes,
      pages: this.#pairs.pages,
      names: this.#pairs.names,
      version: 0,
      firstId: this.first.id,
      attributionOf: this.#attributionOf,
      firstView: this.#firstView,
      exit: this.#exit,
      nextVisitorId: this.nextVisitorId,
      touchedAt: this.touchedAt,
    }
    const { version, line } = sealSession(session)
    session.version = version
    return { session, line }
  }

  #earliestView(): FirstView | undefined {
    return this.#attributionOf === "view" ? { ...this.first, attributes: this.#attributes } : this.#firstView
  }

  #beginWith(event: SessionEvent, earliestView?: FirstView): void {
    this.first = { at: event.at, id: event.id }
    this.sessionId = sessionIdOf(event.visitorId, event.id)
    this.visitorId = event.visitorId
    this.#hostname = event.hostname
    this.#attributes = event.attributes
    this.#firstView = undefined
    if (event.kind === "pageview") this.#attributionOf = "view"
    else {
      this.#attributionOf = event.attributes.isDirect ? "borrowed" : "own"
      if (earliestView !== undefined) this.#viewed(earliestView)
    }
  }

  /** A page view that is not the first event may lend its attribution to a first event that has none. */
  #viewed(view: FirstView): void {
    if (this.#attributionOf === "view" || (this.#firstView !== undefined && compare(this.#firstView, view) <= 0)) return
    this.#firstView = { at: view.at, id: view.id, attributes: view.attributes }
    if (this.#attributionOf === "borrowed") this.#attributes = this.#attributes.withAttributionOf(view.attributes)
  }

  #leftBy(exit: Position, path: string): void {
    if (compare(exit, this.#exit) < 0) return
    this.#exit = exit
    this.#exitPath = path
  }

  #count(event: SessionEvent): void {
    if (event.kind === "pageview") {
      this.pageviews++
      this.#leftBy({ at: event.at, id: event.id }, event.path)
    } else this.customEvents++
    this.#pairs.add(event.path, event.name)
  }
}
