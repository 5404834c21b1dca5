import { Attributes } from "@footfall/warehouse/Attributes"
import { Result, Schema } from "effect"
import type { AttributionOf, FirstView, Session, VisitorState } from "./Session.ts"

/** A kept state that this release cannot read: damaged, or of a later release. What it held can be read back from the warehouse. */
export class StateUnreadable extends Schema.TaggedError<StateUnreadable>()("StateUnreadable", { reason: Schema.String }) {}

/**
 * The first element of a kept state says how the rest is laid out. Append-only: a change of the tuple below is a new layout with a
 * decoder of its own, and the decoders of older ones stay, for states live as long as 80 hours.
 */
const LAYOUT = 3

const Texts = Schema.Array(Schema.String)
const Ids = Schema.Tuple([Schema.String, Schema.String, Schema.String, Schema.String])

/** ids: project, session, visitor, person; numbers: start, length, page views, events, version, exit after the start or -1, touched. */
const Layout2 = Schema.Tuple([
  Ids,
  Schema.Tuple([Schema.Finite, Schema.Finite, Schema.Finite, Schema.Finite, Schema.Finite, Schema.Finite, Schema.Finite]),
  Schema.String,
  Schema.String,
  Texts,
  Texts,
  Texts,
])

const View = Schema.Tuple([Schema.Finite, Schema.String, Texts])

/** As before; then the ids of first and exit event, the next day's visitor, whose attribution it is, and the first view (after the start, id, attributes). */
const Layout3 = Schema.Tuple([
  Layout2,
  Schema.Tuple([Schema.String, Schema.String, Schema.String, Schema.Literals([0, 1, 2])]),
  Schema.NullOr(View),
])

/** Of an exit event that is the first event. */
const SAME = "="

const ATTRIBUTION: ReadonlyArray<AttributionOf> = ["view", "own", "borrowed"]

/** A session in the newest layout. Written by hand, for it is written as often as anything: digits and ids need no escaping. */
const encodeSession = (session: Session): string => {
  const { startedAt, exit, firstView, firstId } = session
  const numbers = [
    startedAt,
    session.endedAt - startedAt,
    session.pageviews,
    session.events,
    session.version,
    exit.at === 0 ? -1 : exit.at - startedAt,
    session.touchedAt,
  ]
  const view = firstView === undefined ? "null" : JSON.stringify([firstView.at - startedAt, firstView.id, firstView.attributes.values])
  return (
    `[[["${session.projectId}","${session.sessionId}","${session.visitorId}","${session.personId}"],[${numbers.join(",")}],` +
    `${JSON.stringify(session.exitPath)},${JSON.stringify(session.hostname)},[${session.attributes.encoded}],` +
    `${JSON.stringify(session.pages)},${JSON.stringify(session.names)}],` +
    `["${firstId}","${exit.id === firstId ? SAME : exit.id}","${session.nextVisitorId}",${ATTRIBUTION.indexOf(session.attributionOf)}],${view}]`
  )
}

const sessionOf = (
  [[projectId, sessionId, visitorId, personId], numbers, exitPath, hostname, values, pages, names]: typeof Layout2.Type,
  [firstId, exitId, nextVisitorId, attributionOf]: (typeof Layout3.Type)[1],
  view: (typeof Layout3.Type)[2],
): Session => {
  const [startedAt, length, pageviews, events, version, exitAfter, touchedAt] = numbers
  const firstView: FirstView | undefined =
    view === null ? undefined : { at: startedAt + view[0], id: view[1], attributes: new Attributes(view[2]) }
  return {
    projectId,
    sessionId,
    visitorId,
    personId,
    startedAt,
    endedAt: startedAt + length,
    pageviews,
    events,
    exitPath,
    hostname,
    attributes: new Attributes(values),
    pages,
    names,
    version,
    firstId,
    attributionOf: ATTRIBUTION[attributionOf]!,
    firstView,
    exit: { at: exitAfter < 0 ? 0 : startedAt + exitAfter, id: exitId === SAME ? firstId : exitId },
    nextVisitorId,
    touchedAt,
  }
}

const isLayout2 = Schema.is(Layout2)
const isLayout3 = Schema.is(Layout3)

/** All of a list, when each of it is of a shape. */
const each = <A>(list: ReadonlyArray<unknown>, is: (value: unknown) => value is A): ReadonlyArray<A> | undefined =>
  list.every(is) ? list : undefined

const decoders: Readonly<Record<number, (rest: ReadonlyArray<unknown>) => VisitorState | undefined>> = {
  2: (packed) => {
    const sessions = each(packed, isLayout2)
    return sessions && { continues: "", sessions: sessions.map((one) => sessionOf(one, ["", "", "", 0], null)) }
  },
  3: ([continues, ...packed]) => {
    const sessions = each(packed, isLayout3)
    return typeof continues === "string" && sessions ? { continues, sessions: sessions.map((one) => sessionOf(...one)) } : undefined
  },
}

/** What is kept of a visitor id, as it is kept on the log: JSON by position, half the size of JSON by name. */
export const encodeState = ({ continues, sessions }: VisitorState): string => {
  let text = `[${LAYOUT},"${continues}"`
  for (const session of sessions) text += `,${encodeSession(session)}`
  return `${text}]`
}

/** What a kept state says. */
export const decodeState = (state: string): Result.Result<VisitorState, StateUnreadable> => {
  let parsed: unknown
  try {
    parsed = JSON.parse(state)
  } catch (cause) {
    return Result.fail(new StateUnreadable({ reason: String(cause) }))
  }
  if (!Array.isArray(parsed)) return Result.fail(new StateUnreadable({ reason: "no list" }))
  const [layout, ...rest] = parsed as ReadonlyArray<unknown>
  const decode = decoders[Number(layout)]
  if (decode === undefined)
    return Result.fail(new StateUnreadable({ reason: `layout ${String(layout)}; this release reads up to ${LAYOUT}` }))
  const decoded = decode(rest)
  return decoded === undefined ? Result.fail(new StateUnreadable({ reason: `not of layout ${String(layout)}` })) : Result.succeed(decoded)
}
