import { seeded } from "@footfall/local/demo/random"
import { attributeColumns, Attributes, DIRECT } from "@footfall/warehouse/Attributes"
import { versionOf } from "@footfall/warehouse/SessionRow"
import { describe, expect, it } from "vitest"
import { History } from "../../src/domain/History.ts"
import { MOST_PAIRS } from "../../src/domain/Pairs.ts"
import {
  compare,
  IDLE_MS,
  LONGEST_MS,
  mayBeForgotten,
  remembered,
  REMEMBERED_MS,
  type Session,
  sessionIdOf,
} from "../../src/domain/Session.ts"
import type { ArrivedEvent } from "../../src/domain/OpenSession.ts"
import { Timeline } from "../../src/domain/Timeline.ts"

const attributes = (more: Partial<Parameters<typeof Attributes.of>[0]> = {}) =>
  Attributes.of({
    entryPath: "/",
    referrer: "",
    source: "",
    channel: DIRECT,
    utmSource: "",
    utmMedium: "",
    utmCampaign: "",
    utmTerm: "",
    utmContent: "",
    clickId: "",
    country: "DE",
    region: "Berlin",
    city: "Berlin",
    browser: "Chrome",
    browserVersion: "140",
    os: "Windows",
    osVersion: "10",
    device: "desktop",
    language: "de",
    ...more,
  })

const valueOf = ({ attributes: { values } }: Session, column: string) => values[attributeColumns.indexOf(column)]

const START = Date.parse("2026-11-02T10:00:00Z")
const minutes = (n: number) => START + n * 60_000

const event = (at: number, more: Partial<ArrivedEvent> = {}): ArrivedEvent => {
  const path = more.path ?? `/${(at - START) / 60_000}`
  const id = `id-${at}`
  return {
    id,
    kind: "pageview",
    name: "",
    at,
    receivedAt: at,
    hostname: "example.com",
    path,
    visitorId: "7",
    attributes: attributes({ entryPath: path }),
    ...more,
  }
}

const from = (source: string, path: string) => attributes({ entryPath: path, source, channel: "Referral" })

/** Puts events of one visitor on a timeline in this order; sessions in the order of time. */
const run = (events: ReadonlyArray<ArrivedEvent>): ReadonlyArray<Session> => {
  const timeline = new Timeline<ArrivedEvent>("1", [], new History())
  for (const one of events) expect(timeline.place(one)).toBeUndefined()
  return timeline.sessions.map((session) => session.close().session)
}

/** The rule in its plainest form: events in the order of time, cut where the silence or the session would be too long. */
const cut = (events: ReadonlyArray<ArrivedEvent>) => {
  const expected: Array<Array<ArrivedEvent>> = []
  for (const one of events.toSorted(compare)) {
    const last = expected.at(-1)
    if (last !== undefined && one.at - last.at(-1)!.at <= IDLE_MS && one.at - last[0]!.at <= LONGEST_MS) last.push(one)
    else expected.push([one])
  }
  return expected
}

const shuffled = <A>(list: ReadonlyArray<A>, random: () => number): ReadonlyArray<A> =>
  list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)

describe("a session", () => {
  it("is kept by 30 minutes of silence and ended by a millisecond more", () => {
    expect(run([event(START), event(START + IDLE_MS)])).toHaveLength(1)
    expect(run([event(START), event(START + IDLE_MS + 1)])).toHaveLength(2)
    expect(run([event(START + IDLE_MS), event(START)])).toHaveLength(1)
    expect(run([event(START + IDLE_MS + 1), event(START)])).toHaveLength(2)
  })

  it("lasts 24 hours at most", () => {
    const steady = Array.from({ length: 60 }, (_, n) => event(START + n * IDLE_MS))
    const lengths = [LONGEST_MS, 59 * IDLE_MS - LONGEST_MS - IDLE_MS]
    expect(run(steady).map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual(lengths)
    expect(run(steady.toReversed()).map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual(lengths)
  })

  it("counts page views and custom events, and is left by the latest page view, whenever it arrived", () => {
    const [session] = run([event(minutes(5)), event(minutes(9), { kind: "event", name: "buy" }), event(minutes(2))])
    expect(session).toMatchObject({ pageviews: 2, events: 1, startedAt: minutes(2), endedAt: minutes(9), exitPath: "/5" })
  })

  it("carries the page and name of each of its events once, in the order of their text", () => {
    const buy = (at: number) => event(at, { kind: "event", name: "buy", path: "/cart" })
    const [session] = run([event(minutes(5), { path: "/cart" }), buy(minutes(6)), event(minutes(2), { path: "/" }), buy(minutes(9))])
    expect(session).toMatchObject({ pages: ["/", "/cart", "/cart"], names: ["", "", "buy"], pageviews: 2, events: 2 })
  })

  it("has room for so many pages; the next one begins the next session, and none is lost", () => {
    const many = Array.from({ length: 2 * MOST_PAIRS + 1 }, (_, n) => event(START + n))
    const sessions = run(many)
    expect(sessions.map(({ pages }) => pages.length)).toEqual([MOST_PAIRS, MOST_PAIRS, 1])
    expect(run(shuffled(many, seeded(1))).map(({ sessionId, pages }) => [sessionId, pages])).toEqual(
      sessions.map(({ sessionId, pages }) => [sessionId, pages]),
    )
  })

  it("has the id of its visitor and first event, never 0, and a version by its content", () => {
    const [session] = run([event(minutes(3)), event(minutes(1)), event(minutes(2))])
    expect(session!.sessionId).toBe(sessionIdOf("7", `id-${minutes(1)}`))
    expect(sessionIdOf("7", "a")).not.toBe(sessionIdOf("8", "a"))
    expect(BigInt(session!.sessionId) > 0n).toBe(true)
    expect(session!.version).toBe(versionOf(session!))
  })

  it("is remembered for 72 hours after its last event arrived, by the time of the log; what is older has to be asked for", () => {
    const [session] = run([event(START)])
    expect(remembered([session!], START + REMEMBERED_MS)).toHaveLength(1)
    expect(remembered([session!], START + REMEMBERED_MS + 1)).toHaveLength(0)
    // Whatever a session's clock was ahead by, an event that is not asked for can only belong to remembered ones.
    const oldest = START + REMEMBERED_MS - 3_600_000 - IDLE_MS
    expect(mayBeForgotten(START, oldest)).toBe(false)
    expect(mayBeForgotten(START, oldest + 1)).toBe(true)
  })
})

describe("an event that comes late", () => {
  it("becomes the first of its session when it is the earliest, and decides its attributes", () => {
    const late = event(minutes(-10), { path: "/landing", attributes: from("a", "/landing") })
    const [session, ...others] = run([event(minutes(0)), event(minutes(5)), late])
    expect(others).toHaveLength(0)
    expect(session).toMatchObject({ startedAt: minutes(-10), sessionId: sessionIdOf("7", late.id) })
    expect([valueOf(session!, "entry_path"), valueOf(session!, "source")]).toEqual(["/landing", "a"])
  })

  it("closes the gap between two sessions, which are one from then on", () => {
    const events = [event(minutes(0), { attributes: from("a", "/") }), event(minutes(50), { attributes: from("b", "/") })]
    expect(run(events)).toHaveLength(2)
    const [session, ...others] = run([...events, event(minutes(25))])
    expect(others).toHaveLength(0)
    expect(session).toMatchObject({ startedAt: minutes(0), endedAt: minutes(50), pageviews: 3, exitPath: "/50" })
    expect(valueOf(session!, "source")).toBe("a")
  })

  it("makes no session longer than 24 hours, but cuts as if it had come in time", () => {
    const steady = Array.from({ length: 49 }, (_, n) => event(START + n * IDLE_MS))
    expect(run(steady)).toHaveLength(1)
    const sessions = run([...steady, event(START - 1)])
    expect(sessions.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [START - 1, START + 47 * IDLE_MS],
      [START + LONGEST_MS, START + LONGEST_MS],
    ])
  })

  it("has its place by its id among events of the same time", () => {
    const [a, b] = ["a", "b"].map((id) => event(START, { id, path: `/${id}`, attributes: from(id, `/${id}`) })) as [
      ArrivedEvent,
      ArrivedEvent,
    ]
    for (const order of [
      [a, b],
      [b, a],
    ]) {
      const [session] = run(order)
      expect([valueOf(session!, "source"), session!.exitPath]).toEqual(["a", "/b"])
    }
  })
})

describe("a custom event that comes first", () => {
  const ready = event(minutes(0), { kind: "event", name: "ready", path: "/" })
  const view = event(minutes(1), { path: "/", attributes: from("a", "/") })

  it("takes where the visit came from from the first page view, when it says nothing of it itself", () => {
    const second = event(minutes(2), { path: "/", attributes: from("b", "/") })
    for (const order of [
      [ready, view, second],
      [view, ready, second],
      [second, view, ready],
      [second, ready, view],
    ]) {
      const [session] = run(order)
      expect(valueOf(session!, "source")).toBe("a")
      expect(valueOf(session!, "channel")).toBe("Referral")
    }
  })

  it("keeps its own source when it has one", () => {
    const own = { ...ready, attributes: from("own", "/") }
    for (const order of [
      [own, view],
      [view, own],
    ])
      expect(valueOf(run(order)[0]!, "source")).toBe("own")
  })

  it("lends nothing: a page view that comes first is direct when it says nothing", () => {
    const [session] = run([
      { ...view, at: minutes(-1), attributes: attributes() },
      { ...ready, attributes: from("own", "/") },
    ])
    expect(valueOf(session!, "source")).toBe("")
  })
})

describe("for any events", () => {
  it("sessions are the runs without a long silence, cut at 24 hours, in whatever order the events come", () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = seeded(seed)
      let at = START
      const step = () => (random() < 0.2 ? IDLE_MS + Math.floor(random() * 3) - 1 : Math.floor(random() ** 4 * 4 * IDLE_MS))
      const events = Array.from({ length: 60 + (seed % 40) }, (_, n) => {
        at += step()
        const kind = random() < 0.3 ? "event" : "pageview"
        const name = kind === "event" ? "click" : ""
        const path = `/${Math.floor(random() * 8)}`
        const id = `id-${n}-${random()}`
        const own = random() < 0.3 ? from(`s${n}`, path) : attributes({ entryPath: path, city: `c${Math.floor(random() * 2)}` })
        return event(at, { id, kind, name, path, attributes: own })
      })
      const expected = run(events)
      expect(expected.map(({ startedAt, endedAt, pageviews, events: custom }) => [startedAt, endedAt, pageviews + custom])).toEqual(
        cut(events).map((session) => [session[0]!.at, session.at(-1)!.at, session.length]),
      )
      const found = run(shuffled(events, random))
      // When the last event arrived is all that may differ.
      const plain = (sessions: ReadonlyArray<Session>) => sessions.map((session) => ({ ...session, touchedAt: 0 }))
      expect(plain(found)).toEqual(plain(expected))
    }
  })
})
