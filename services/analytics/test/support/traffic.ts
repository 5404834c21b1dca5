import { seeded } from "@footfall/local/demo/random"
import type { Dimension } from "../../src/domain/dimensions.ts"

export interface TestEvent {
  readonly at: number
  readonly kind: "pageview" | "event"
  readonly person: string
  readonly session: TestSession
  /** What the event has for each dimension. */
  readonly values: Readonly<Record<Dimension, string>>
}

export interface TestSession {
  readonly id: string
  readonly visitor: string
  readonly person: string
  readonly attributes: Readonly<Record<Exclude<Dimension, "page" | "event">, string>>
  readonly events: Array<TestEvent>
}

const MINUTE = 60_000
const TRICKY = ["", "Google", 'O\'Reilly "x"', "a\\b\tc", "日本 👩‍👩‍👧", "{filter0:String}", "-- ; DROP", "<script>alert(1)</script>"]
const PATHS = ["/", "/pricing", "/docs", "/a'b", "/ü?", "", ...Array.from({ length: 30 }, (_, index) => `/p/${index}`)]

/** Sessions of some people between two times: one to seven events, some lasting for hours, with few distinct values so that ties come up. */
export const sessionsBetween = (seed: number, from: number, to: number, count: number): ReadonlyArray<TestSession> => {
  const next = seeded(seed)
  const pick = <A>(list: ReadonlyArray<A>) => list[Math.floor(next() * list.length)] as A
  const bigId = (index: number) => String(18_000_000_000_000_000_000n + BigInt(seed) * 1_000_000n + BigInt(index))
  return Array.from({ length: count }, (_, index) => {
    const visitor = Math.floor(next() * 90)
    const attributes = {
      entry_page: pick(PATHS),
      source: pick(TRICKY),
      channel: pick(["Direct", "Organic Search", "Referral"]),
      referrer: pick(["", "https://example.org/a", "https://example.org/b"]),
      utm_source: pick(TRICKY),
      utm_medium: pick(["", "cpc", "email"]),
      utm_campaign: pick(TRICKY),
      utm_term: pick(["", "oak", "acorn"]),
      utm_content: pick(TRICKY),
      country: pick(["", "DE", "US", "IN", "JP"]),
      region: pick(["", "Bavaria", "Kansas"]),
      city: pick(["", "München", "Dodge City"]),
      language: pick(["", "de", "pt-BR"]),
      browser: pick(["Chrome", "Safari", "Firefox"]),
      browser_version: pick(["", "141", "18.5"]),
      os: pick(["Windows", "macOS", "iOS"]),
      os_version: pick(["", "11", "18.5"]),
      device: pick(["desktop", "mobile"]),
    }
    // Some people have two visitor ids.
    const session: TestSession = {
      id: bigId(index),
      visitor: bigId(500_000 + visitor),
      person: bigId(700_000 + (visitor % 70)),
      attributes,
      events: [],
    }
    let at = from + Math.floor(next() * (to - from))
    const length = next() < 0.3 ? 1 : 1 + Math.floor(next() * 7)
    const pause = next() < 0.2 ? 200 * MINUTE : 29 * MINUTE
    for (let event = 0; event < length; event++) {
      const kind = next() < 0.75 ? "pageview" : "event"
      const name = kind === "event" ? pick(["signup", "buy 'x'", "🚀"]) : ""
      session.events.push({ at, kind, person: session.person, session, values: { ...attributes, page: pick(PATHS), event: name } })
      at += Math.floor(next() * pause)
    }
    return session
  })
}

const time = (at: number) => new Date(at).toISOString().replace("T", " ").replace("Z", "")

const columns = ({ entry_page, ...attributes }: TestSession["attributes"]) => ({ entry_path: entry_page, ...attributes })

/** Rows of the events table. */
export const eventRows = (project: string, sessions: ReadonlyArray<TestSession>) =>
  sessions.flatMap((session) =>
    session.events.map(({ at, kind, values }) => ({
      project_id: project,
      timestamp: time(at),
      event_id: crypto.randomUUID(),
      kind,
      name: values.event,
      visitor_id: session.visitor,
      person_id: session.person,
      session_id: session.id,
      path: values.page,
      ...columns(session.attributes),
      properties: {},
      received_at: time(at),
    })),
  )

/** What the events were about: each pair of page and name once, in parallel lists. */
const visited = (events: ReadonlyArray<TestEvent>) => {
  const first = events.filter(
    ({ values }, index) => events.findIndex((other) => other.values.page === values.page && other.values.event === values.event) === index,
  )
  return { pages: first.map(({ values }) => values.page), names: first.map(({ values }) => values.event) }
}

const row = (project: string, session: TestSession, events: ReadonlyArray<TestEvent>, sign: number, version: number) => ({
  project_id: project,
  session_id: session.id,
  visitor_id: session.visitor,
  person_id: session.person,
  started_at: time(events[0]?.at ?? 0),
  ended_at: time(events.at(-1)?.at ?? 0),
  pageviews: events.filter(({ kind }) => kind === "pageview").length,
  events: events.filter(({ kind }) => kind === "event").length,
  ...columns(session.attributes),
  ...visited(events),
  exit_path: "",
  sign,
  version,
})

/** Rows of the sessions table: each session as it grew event by event, or from the middle to both ends, with every outdated state taken back. */
export const sessionRows = (project: string, sessions: ReadonlyArray<TestSession>) =>
  sessions.flatMap((session, index) => {
    const { events } = session
    const states =
      index % 3 === 0
        ? [events]
        : index % 3 === 1
          ? events.map((_, end) => events.slice(0, end + 1))
          : [events.slice(Math.floor(events.length / 2)), events]
    return states.flatMap((state, version) => [
      ...(version > 0 ? [row(project, session, states[version - 1] ?? [], -1, version)] : []),
      row(project, session, state, 1, version + 1),
    ])
  })
