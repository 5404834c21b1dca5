import { describe, expect, it } from "vitest"
import { attributeColumns, Attributes } from "@footfall/warehouse/Attributes"
import {
  begin,
  IDLE,
  join,
  LONGEST,
  remembered,
  REMEMBERED,
  sessionFor,
  sessionIdOf,
  type Session,
  type SessionEvent,
} from "../../src/domain/Session.ts"
import { decodeState, encodeState } from "../../src/domain/sessionState.ts"
import { MOST_PAIRS } from "../../src/domain/Visited.ts"
import { seeded } from "@footfall/local/demo/random"

const attributes = (entryPath: string) =>
  Attributes.of({
    entryPath,
    referrer: "https://a.example/",
    source: "a.example",
    channel: "Referral",
    utmSource: "1",
    utmMedium: "2",
    utmCampaign: "3",
    utmTerm: "4",
    utmContent: "5",
    clickId: "gclid",
    country: "DE",
    region: "Berlin",
    city: "Berlin",
    browser: "Chrome",
    browserVersion: "140",
    os: "Windows",
    osVersion: "10",
    device: "desktop",
    language: "de",
  })

const entryPathOf = ({ attributes: { values } }: Session) => values[attributeColumns.indexOf("entry_path")]

const START = Date.parse("2026-11-02T10:00:00Z")
const event = (at: number, more: Partial<SessionEvent> = {}): SessionEvent => ({
  eventId: `id-${at}`,
  kind: "pageview",
  name: "",
  at,
  receivedAt: at,
  hostname: "example.com",
  path: `/${at - START}`,
  ...more,
})

/** Runs events of one visitor through the rules, in this order. */
const run = (events: ReadonlyArray<SessionEvent>): ReadonlyArray<Session> =>
  events.reduce<ReadonlyArray<Session>>((sessions, one) => {
    const before = sessionFor(sessions, one)
    const after = before === undefined ? begin("1", "7", attributes(one.path), one) : join(before, one)
    return [
      ...remembered(
        sessions.filter((session) => session !== before),
        one.receivedAt,
      ),
      after,
    ]
  }, [])

const minutes = (n: number) => START + n * 60_000

describe("sessions", () => {
  it("30 minutes of silence keep a session, a millisecond more ends it", () => {
    expect(run([event(START), event(START + IDLE)])).toHaveLength(1)
    expect(run([event(START), event(START + IDLE + 1)])).toHaveLength(2)
  })

  it("a session lasts 24 hours at most", () => {
    const steady = Array.from({ length: 60 }, (_, n) => event(START + n * IDLE))
    const sessions = run(steady)
    expect(sessions.map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual([LONGEST, 59 * IDLE - LONGEST - IDLE])
  })

  it("counts page views and custom events, and leaves by the latest page view, whenever it arrived", () => {
    const [session] = run([event(minutes(5)), event(minutes(9), { kind: "event" }), event(minutes(2))])
    expect(session).toMatchObject({
      pageviews: 2,
      events: 1,
      startedAt: minutes(2),
      endedAt: minutes(9),
      exitPath: `/${5 * 60_000}`,
      version: 3,
    })
  })

  it("carries the page and name of each of its events once, in the order of arrival, whenever they happened", () => {
    const buy = (at: number) => event(at, { kind: "event", name: "buy", path: "/cart" })
    const [session] = run([
      event(minutes(5), { path: "/cart" }),
      buy(minutes(6)),
      event(minutes(2), { path: "/" }),
      buy(minutes(9)),
      event(minutes(9)),
    ])
    expect(session).toMatchObject({ pages: ["/cart", "/cart", "/", `/${9 * 60_000}`], names: ["", "buy", "", ""], pageviews: 3, events: 2 })
  })

  it("a visitor that sees more pages than a session carries is in a next session from there on, and none is lost", () => {
    const many = Array.from({ length: 2 * MOST_PAIRS + 1 }, (_, n) => event(START + n))
    const sessions = run(many)
    expect(sessions.map(({ pages }) => pages.length).sort((a, b) => b - a)).toEqual([MOST_PAIRS, MOST_PAIRS, 1])
    expect(new Set(sessions.flatMap(({ pages }) => pages)).size).toBe(many.length)
  })

  it("a late event joins the session that its time belongs to and may move its start; the attributes stay those of the first to arrive", () => {
    const sessions = run([
      event(minutes(0)),
      event(minutes(100)),
      event(minutes(-20), { receivedAt: minutes(101) }),
      event(minutes(80), { receivedAt: minutes(102) }),
    ])
    const first = sessions.find((session) => entryPathOf(session) === "/0")
    const second = sessions.find((session) => entryPathOf(session) === `/${100 * 60_000}`)
    expect(sessions).toHaveLength(2)
    expect(first).toMatchObject({ startedAt: minutes(-20), endedAt: minutes(0), pageviews: 2 })
    expect(second).toMatchObject({ startedAt: minutes(80), endedAt: minutes(100), pageviews: 2 })
  })

  it("an event between two sessions joins the nearer one, and of equally near ones the first", () => {
    const two = run([event(minutes(0)), event(minutes(50))])
    expect(sessionFor(two, event(minutes(24)))?.startedAt).toBe(minutes(0))
    expect(sessionFor(two, event(minutes(26)))?.startedAt).toBe(minutes(50))
    expect(sessionFor(two, event(minutes(25)))).toBe(two[0])
  })

  it("a session is forgotten 72 hours after its last event arrived, by the time of the log", () => {
    const [session] = run([event(START)])
    const late = (receivedAt: number) => event(minutes(1), { receivedAt })
    expect(sessionFor([session!], late(START + REMEMBERED))).toBe(session)
    expect(sessionFor([session!], late(START + REMEMBERED + 1))).toBeUndefined()
    expect(remembered([session!], START + REMEMBERED)).toHaveLength(1)
    expect(remembered([session!], START + REMEMBERED + 1)).toHaveLength(0)
  })

  it("its id depends on the visitor and the first event only, and is never 0", () => {
    expect(sessionIdOf("7", "a")).toBe(sessionIdOf("7", "a"))
    expect(sessionIdOf("7", "a")).not.toBe(sessionIdOf("8", "a"))
    expect(BigInt(sessionIdOf("7", "a")) > 0n).toBe(true)
  })

  it("for any events in order of time, sessions are the runs without a silence above 30 minutes, cut at 24 hours", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed)
      let at = START
      const events = Array.from({ length: 80 }, () => event((at += Math.floor(random() ** 4 * 4 * IDLE))))
      const expected: Array<Array<SessionEvent>> = []
      for (const one of events) {
        const last = expected.at(-1)
        if (last !== undefined && one.at - last.at(-1)!.at <= IDLE && one.at - last[0]!.at <= LONGEST) last.push(one)
        else expected.push([one])
      }
      const found = [...run(events)].sort((a, b) => a.startedAt - b.startedAt)
      expect(found.map(({ startedAt, endedAt, pageviews }) => [startedAt, endedAt, pageviews])).toEqual(
        expected.map((session) => [session[0]!.at, session.at(-1)!.at, session.length]),
      )
    }
  })

  it("for any events in any order, every event is in exactly one session, inside its interval, and no session is longer than 24 hours", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed)
      const events = Array.from({ length: 80 }, (_, n) =>
        event(START + Math.floor(random() * 40 * 3_600_000), { receivedAt: START + n, eventId: String(n) }),
      )
      let sessions: ReadonlyArray<Session> = []
      for (const one of events) {
        const before = sessionFor(sessions, one)
        const after = before === undefined ? begin("1", "7", attributes("/"), one) : join(before, one)
        expect(after.startedAt <= one.at && one.at <= after.endedAt).toBe(true)
        expect(after.endedAt - after.startedAt).toBeLessThanOrEqual(LONGEST)
        sessions = [...sessions.filter((session) => session !== before), after]
      }
      expect(sessions.reduce((sum, { pageviews }) => sum + pageviews, 0)).toBe(events.length)
    }
  })

  it("a state comes back as it was kept", () => {
    const sessions = run([event(START, { kind: "event" }), event(minutes(90)), event(minutes(95), { path: '/"ü\\\u{1f600}' })])
    expect(decodeState(encodeState(sessions))).toEqual(sessions)
    expect(() => decodeState("[1]")).toThrow(/layout 1/)
  })
})
