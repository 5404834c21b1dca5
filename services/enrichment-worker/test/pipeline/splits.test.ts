import type { LoggedBatch, LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { eventColumns } from "@footfall/warehouse/EventRow"
import { sessionColumns } from "@footfall/warehouse/SessionRow"
import { describe, expect, it } from "vitest"
import { seeded } from "@footfall/local/demo/random"
import { trafficOf } from "../traffic.ts"
import { type Outcome, outcomeOf } from "./inMemory.ts"

const whole = (groups: ReadonlyArray<LoggedGroup>): ReadonlyArray<LoggedBatch> => [{ groups }]

const single = (groups: ReadonlyArray<LoggedGroup>): ReadonlyArray<LoggedBatch> =>
  groups.flatMap((group) => group.events.map((event) => ({ groups: [{ ...group, events: [event] }] })))

const random = (groups: ReadonlyArray<LoggedGroup>, seed: number): ReadonlyArray<LoggedBatch> => {
  const next = seeded(seed)
  const batches: Array<{ groups: Array<LoggedGroup> }> = [{ groups: [] }]
  for (const group of groups) {
    batches.at(-1)!.groups.push(group)
    if (next() < 0.2) batches.push({ groups: [] })
  }
  return batches
}

/** What people see of an outcome. When a session was touched last may differ with the batches. */
const rowsOf = ({ states: _, ...rows }: Outcome) => rows

describe("however a log is cut into batches", () => {
  for (const seed of [1, 2, 3, 4])
    it(`the rows are the same (traffic ${seed})`, () => {
      const groups = trafficOf({ seed, groups: 250, visitors: 12 })
      const expected = rowsOf(outcomeOf(whole(groups)))
      expect(expected.events.length).toBeGreaterThan(300)
      expect(expected.botEvents.length).toBeGreaterThan(20)
      expect(expected.sessions.length).toBeGreaterThan(50)
      expect(expected.sessions.every((session) => session.startsWith("1x "))).toBe(true)
      expect(rowsOf(outcomeOf(single(groups)))).toEqual(expected)
      for (let cut = 0; cut < 5; cut++) expect(rowsOf(outcomeOf(random(groups, seed * 100 + cut)))).toEqual(expected)
    })

  it("a session carries exactly the pages and names of its events, in the order of their text", () => {
    const { events, sessions } = outcomeOf(random(trafficOf({ seed: 5, groups: 250, visitors: 12 }), 1))
    const pairs = new Map<string, Set<string>>()
    for (const line of events) {
      const row = JSON.parse(line) as ReadonlyArray<string>
      const of = (column: string) => row[eventColumns.indexOf(column)]!
      pairs.set(of("session_id"), (pairs.get(of("session_id")) ?? new Set()).add(JSON.stringify([of("path"), of("name")])))
    }
    const byText = (a: string, b: string) => {
      const [one, other] = [JSON.parse(a), JSON.parse(b)] as [[string, string], [string, string]]
      return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]) ? -1 : 1
    }
    expect(Math.max(...[...pairs.values()].map(({ size }) => size))).toBeGreaterThan(4)
    for (const line of sessions) {
      const row = JSON.parse(`${line.slice("1x ".length)}]`) as ReadonlyArray<unknown>
      const of = (column: string) => row[sessionColumns.indexOf(column)]
      const names = of("names") as ReadonlyArray<string>
      const carried = (of("pages") as ReadonlyArray<string>).map((page, place) => JSON.stringify([page, names[place]]))
      expect(carried).toEqual([...(pairs.get(String(of("session_id"))) ?? [])].sort(byText))
    }
  })

  it("batches that are processed in vain before they are committed change nothing", () => {
    const groups = trafficOf({ seed: 9, groups: 250, visitors: 12 })
    expect(rowsOf(outcomeOf(random(groups, 1), 2))).toEqual(rowsOf(outcomeOf(whole(groups))))
  })
})

describe("what becomes of known events", () => {
  const at = Date.parse("2026-11-02T23:50:00Z")
  const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
  const group = (
    minute: number,
    more: Partial<LoggedGroup["sender"]> = {},
    id = `00000000-0000-4000-8000-${String(minute).padStart(12, "0")}`,
  ): LoggedGroup => ({
    sender: { projectId: "1", visitorId: "100", previousVisitorId: "99", ip: "8.8.8.8", userAgent: browser, language: "en", ...more },
    receivedAt: at + minute * 60_000,
    events: [{ id, kind: "pageview", name: "", at: at + minute * 60_000, url: `https://example.com/${minute}`, referrer: "", title: "" }],
  })
  const tomorrow = { visitorId: "101", previousVisitorId: "100" }
  const columns = (line: string) => JSON.parse(line) as ReadonlyArray<string>

  it("a visit over midnight is one person's, that of yesterday, for as long as it lives; the next one is today's", () => {
    const { events, sessions } = outcomeOf(
      whole([group(0), group(15, tomorrow), group(40, tomorrow), group(90, tomorrow), group(100, tomorrow)]),
    )
    const values = (column: string) => events.map((line) => columns(line)[eventColumns.indexOf(column)])
    expect(values("visitor_id").sort()).toEqual(["100", "101", "101", "101", "101"])
    expect(values("person_id").sort()).toEqual(["100", "100", "100", "101", "101"])
    expect(new Set(values("session_id")).size).toBe(2)
    expect(sessions).toHaveLength(2)
  })

  it("an event id that comes again within 24 hours is dropped, in the same batch or a later one, and counted again after that", () => {
    const id = "00000000-0000-4000-8000-00000000abcd"
    const day = 24 * 60
    expect(outcomeOf(whole([group(0, {}, id), group(1, {}, id)])).events).toHaveLength(1)
    expect(outcomeOf(single([group(0, {}, id), group(day - 1, {}, id)])).events).toHaveLength(1)
    expect(outcomeOf(single([group(0, {}, id), group(day, {}, id)])).events).toHaveLength(2)
    expect(outcomeOf(single([group(0, {}, id), group(1, { projectId: "2" }, id)])).events).toHaveLength(2)
  })

  it("a bot makes events of its own table, with the signal, and no session", () => {
    const bot = { userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }
    const { events, botEvents, sessions, states } = outcomeOf(whole([group(0, bot)]))
    expect([events.length, botEvents.length, sessions.length, states.size]).toEqual([0, 1, 0, 0])
    expect(columns(botEvents[0]!)[7]).toBe("0")
    expect(columns(botEvents[0]!).at(-1)).toMatch(/^user agent: /)
    const driven = outcomeOf(whole([group(0), group(1, { client: { automated: true } })]))
    expect([driven.events.length, driven.botEvents.length]).toEqual([1, 1])
    expect(columns(driven.botEvents[0]!).at(-1)).toBe("navigator.webdriver")
  })

  it("no address is in any row, state or dead letter", () => {
    const broken = { ...group(1), receivedAt: "soon" } as unknown as LoggedGroup
    const outcome = outcomeOf(whole([group(0, { ip: "203.0.113.77" }), { ...broken, sender: { ...broken.sender, ip: "203.0.113.77" } }]))
    expect(outcome.letters).toHaveLength(1)
    expect(JSON.stringify([outcome, [...outcome.states]])).not.toContain("203.0.113.77")
  })

  it("an event without an address of a page still belongs to its visit", () => {
    const silent = group(5)
    const { events, sessions } = outcomeOf(
      whole([group(0), { ...silent, events: [{ ...silent.events[0]!, kind: "event", name: "paid", url: "" }] }]),
    )
    expect(events).toHaveLength(2)
    expect(sessions).toHaveLength(1)
  })
})
