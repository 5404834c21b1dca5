import { Attributes } from "@footfall/warehouse/Attributes"
import type { Session } from "./Session.ts"

/** A layout that is not the one below belongs to another release. */
const LAYOUT = 2

type Packed = [
  ids: [projectId: string, sessionId: string, visitorId: string, personId: string],
  numbers: [startedAt: number, length: number, pageviews: number, events: number, version: number, exitAfter: number, touchedAt: number],
  exitPath: string,
  hostname: string,
  attributes: ReadonlyArray<string>,
  pages: ReadonlyArray<string>,
  names: ReadonlyArray<string>,
]

const pack = (session: Session): Packed => [
  [session.projectId, session.sessionId, session.visitorId, session.personId],
  [
    session.startedAt,
    session.endedAt - session.startedAt,
    session.pageviews,
    session.events,
    session.version,
    session.exitAt === 0 ? -1 : session.exitAt - session.startedAt,
    session.touchedAt,
  ],
  session.exitPath,
  session.hostname,
  session.attributes.values,
  session.pages,
  session.names,
]

const unpack = ([[projectId, sessionId, visitorId, personId], numbers, exitPath, hostname, values, pages, names]: Packed): Session => {
  const [startedAt, length, pageviews, events, version, exitAfter, touchedAt] = numbers
  const attributes = new Attributes(values)
  const endedAt = startedAt + length
  const exitAt = exitAfter < 0 ? 0 : startedAt + exitAfter
  const own = { projectId, sessionId, visitorId, personId, startedAt, endedAt, pageviews, events, version, exitAt, touchedAt }
  return { ...own, exitPath, hostname, attributes, pages, names }
}

/** A visitor's sessions as they are kept on the log: JSON by position, half the size of JSON by name. */
export const encodeState = (sessions: ReadonlyArray<Session>): string => JSON.stringify([LAYOUT, ...sessions.map(pack)])

/** The sessions in a kept state. */
export const decodeState = (state: string): ReadonlyArray<Session> => {
  const [layout, ...sessions] = JSON.parse(state) as [number, ...ReadonlyArray<Packed>]
  if (layout !== LAYOUT) throw new Error(`Session state has layout ${layout}; this release reads ${LAYOUT}`)
  return sessions.map(unpack)
}
