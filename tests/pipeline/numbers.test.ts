import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { breakdown, metrics, sessionsOf, type Matches, type NaiveSession } from "../support/naive.ts"
import { toWire, traffic, type KnownEvent } from "../support/traffic.ts"
import { World, type TestProject } from "../support/world.ts"

const HOUR = 3_600_000
const DAY = 24 * HOUR
// A range with the end of summer time in Berlin in it: 2026-10-25 has 25 hours there.
const FROM = Date.parse("2026-10-23T22:00:00Z")
const TO = Date.parse("2026-10-27T23:00:00Z")

describe("every number equals a naive computation over the same events", () => {
  let world: World
  let project: TestProject
  let events: Array<KnownEvent>
  let sessions: Array<NaiveSession>

  beforeAll(async () => {
    world = await World.start({ workers: 2 })
    project = await world.project("Europe/Berlin")
    events = traffic({ seed: 7, visitors: 250, from: FROM - DAY, to: TO + DAY })
    sessions = sessionsOf(events)
    for (let i = 0; i < events.length; i += 100) {
      const answer = await world.send(events.slice(i, i + 100).map(toWire), project.secretKey)
      expect(await answer.json()).toMatchObject({ refused: 0 })
    }
    await world.settled()
  }, 90_000)

  afterAll(() => world?.stop())

  const timeseries = async (query: Record<string, unknown>) => {
    const answer = await world.analytics.GET("/v1/projects/{projectId}/timeseries", {
      params: { path: { projectId: project.id }, query: { from: "2026-10-24", to: "2026-10-28", ...query } },
    })
    expect(answer.error).toBeUndefined()
    return answer.data!
  }

  it("has one row per accepted event and one current row per session", async () => {
    const [row] = await world.rows<{ sessions: number; pageviews: number; events: number; ids: number }>(
      `SELECT (SELECT uniqExact(event_id) FROM events WHERE project_id = {project:UInt64}) ids, sum(sign) sessions,
        sum(sign * toInt64(pageviews)) pageviews, sum(sign * toInt64(events)) events FROM sessions WHERE project_id = {project:UInt64}`,
      { project: project.id },
    )
    expect(row).toEqual({
      ids: events.length,
      sessions: sessions.length,
      pageviews: events.filter((event) => event.kind === "pageview").length,
      events: events.filter((event) => event.kind === "event").length,
    })
  })

  for (const interval of ["hour", "day", "week", "month"] as const)
    it(`by ${interval}, in the project's time zone`, async () => {
      const answer = await timeseries({ interval })
      expect(answer.totals).toEqual(close(metrics(sessions, FROM, TO)))
      expect(answer.buckets.length).toBe({ hour: 97, day: 4, week: 2, month: 1 }[interval])
      for (const bucket of answer.buckets) {
        const from = Math.max(Date.parse(bucket.start), FROM)
        const to = Math.min(Date.parse(bucket.end), TO)
        expect({ start: bucket.start, ...bucket.metrics }).toEqual({ start: bucket.start, ...close(metrics(sessions, from, to)) })
      }
    })

  it("the days of the range are the days of Berlin, the long one included", async () => {
    const { buckets } = await timeseries({ interval: "day" })
    expect(buckets.map((bucket) => (Date.parse(bucket.end) - Date.parse(bucket.start)) / HOUR)).toEqual([24, 25, 24, 24])
  })

  const filters: ReadonlyArray<readonly [ReadonlyArray<string>, Matches]> = [
    [["page:is:/pricing"], (event) => event.page === "/pricing"],
    [["page:is_not:/pricing"], (event) => event.page !== "/pricing"],
    [["page:is:/blog/it's-here"], (event) => event.page === "/blog/it's-here"],
    [["source:is:"], (_, of) => of.source === ""],
    [["source:is:Hacker News", "country:is_not:US"], (_, of) => of.source === "Hacker News" && of.country !== "US"],
    [["browser:is:Firefox", "page:is:/docs"], (event, of) => of.browser === "Firefox" && event.page === "/docs"],
    [["event:is:it's 'quoted'"], (event) => event.name === "it's 'quoted'"],
    [["country:is:ZZ"], () => false],
  ]
  for (const [filter, matches] of filters)
    it(`filtered by ${filter.join(" and ")}`, async () => {
      const answer = await timeseries({ interval: "day", filter })
      expect(answer.totals).toEqual(close(metrics(sessions, FROM, TO, matches)))
    })

  it("the comparison covers the range right before", async () => {
    const answer = await timeseries({ interval: "day", from: "2026-10-26", to: "2026-10-28", compare: "previous_period" })
    const before = [Date.parse("2026-10-23T22:00:00Z"), Date.parse("2026-10-25T23:00:00Z")] as const
    expect(answer.comparison?.totals).toEqual(close(metrics(sessions, ...before)))
  })

  const dimensions: Record<
    string,
    (
      event: KnownEvent,
      of: { source: string; country: string; browser: string; os: string; device: string; entry_page: string },
    ) => string | undefined
  > = {
    page: (event) => event.page,
    source: (_, of) => of.source,
    country: (_, of) => of.country,
    browser: (_, of) => of.browser,
    os: (_, of) => of.os,
    device: (_, of) => of.device,
    entry_page: (_, of) => of.entry_page,
    event: (event) => (event.kind === "event" ? event.name : undefined),
  }
  for (const dimension of ["source", "country", "browser", "os", "device", "entry_page", "event", "page"] as const)
    it(`by ${dimension}`, async () => {
      const answer = await world.analytics.GET("/v1/projects/{projectId}/breakdown", {
        params: { path: { projectId: project.id }, query: { dimension, from: "2026-10-24", to: "2026-10-28", limit: 1000 } },
      })
      const rows = Object.fromEntries(
        answer.data!.rows.map(({ value, visitors, visits, pageviews, events }) => [value, { visitors, visits, pageviews, events }]),
      )
      expect(rows).toEqual(Object.fromEntries(breakdown(sessions, FROM, TO, dimensions[dimension]!)))
    })

  it("an event sent again within a day counts once", async () => {
    const again = events.slice(-50)
    expect((await world.send(again.map(toWire), project.secretKey)).status).toBe(202)
    const marker = { kind: "event", name: "marker", context: { visitorId: "marker", userAgent: again[0]!.visitor.userAgent } }
    expect((await world.send([marker], project.secretKey)).status).toBe(202)
    await world.settled()
    expect(await world.countEvents(project.id)).toBe(events.length + 1)
  })

  it("an event sent again from another address counts once, as what it was at first", async () => {
    const own = await world.project()
    const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
    const repeated = (ip: string) => ({
      kind: "event",
      id: "01976d4e-5f0a-7000-8000-00000000c0de",
      name: "buy",
      context: { ip, userAgent },
    })
    for (const ip of ["8.8.8.8", "81.2.69.142", "2a02:8109::1", "203.0.113.9"]) {
      expect((await world.send([repeated(ip)], own.secretKey)).status).toBe(202)
      await world.settled()
    }
    expect(await world.rows("SELECT country FROM events WHERE project_id = {project:UInt64}", { project: own.id })).toEqual([
      { country: "US" },
    ])
  })

  it("what a server reports without saying for whom counts, whatever its program calls itself", async () => {
    const own = await world.project()
    const answer = await world.send([{ kind: "event", name: "nightly job" }], own.secretKey, { "user-agent": "curl/8.5.0" })
    expect(answer.status).toBe(202)
    await world.settled()
    expect(await world.countEvents(own.id)).toBe(1)
  })

  it("bots count nowhere and are kept apart with what gave them away", async () => {
    const bot = await world.project()
    const userAgent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    await world.send([{ kind: "pageview", url: "https://shop.example.com/", context: { userAgent, ip: "66.249.66.1" } }], bot.secretKey)
    await world.settled()
    const flagged = await world.rows("SELECT bot_signal FROM bot_events WHERE project_id = {project:UInt64} AND bot_signal != ''", {
      project: bot.id,
    })
    expect(flagged).toHaveLength(1)
    expect(await world.countEvents(bot.id)).toBe(0)
  })
})

const close = (of: ReturnType<typeof metrics>) => ({
  ...of,
  bounceRate: of.bounceRate === null ? null : expect.closeTo(of.bounceRate, 9),
  visitDuration: of.visitDuration === null ? null : expect.closeTo(of.visitDuration, 6),
})
