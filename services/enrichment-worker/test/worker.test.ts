import type { LoggedEvent, LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { freePort } from "@footfall/local/ports"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { corner, type Corner } from "./corner.ts"
import { eventually } from "./eventually.ts"
import { proxyTo } from "./proxy.ts"
import { refusingDoor } from "./refusingDoor.ts"
import { storedRows, waiting } from "./stored.ts"
import { entriesOf, trafficOf } from "./traffic.ts"

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const drained = (place: Corner) =>
  eventually(
    () => waiting(place),
    (count) => count === 0,
  )
const taken = (output: () => string) =>
  eventually(
    async () => output(),
    (text) => text.includes("partition taken"),
  )

const NOW = Date.parse("2026-11-02T10:00:00Z")
const event = (n: number, more: Partial<LoggedEvent> = {}): LoggedEvent => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
  kind: "pageview",
  name: "",
  at: NOW + n * 1_000,
  url: `https://example.com/${n}`,
  referrer: "",
  title: "",
  ...more,
})
const group = (events: ReadonlyArray<LoggedEvent>): LoggedGroup => ({
  sender: {
    projectId: "1",
    visitorId: "7",
    ip: "8.8.8.8",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    language: "en",
  },
  receivedAt: NOW + 60_000,
  events,
})

/** JSON nested deeper than ClickHouse reads. */
const bottomless = () => {
  let inner: Record<string, unknown> = {}
  for (let depth = 0; depth < 3_000; depth++) inner = { a: inner }
  return inner
}

let place: Corner
beforeEach(async () => {
  place = await corner(1)
})
afterEach(() => place.close())

describe("the worker", () => {
  it("makes a quiet event visible, in its final form", async () => {
    const worker = place.worker()
    await taken(worker.output)
    await place.append([{ partition: 0, batch: { groups: [group([event(1)])] } }])
    const rows = await eventually(
      () => place.query("SELECT path, country, browser, os FROM events"),
      (found) => found.length > 0,
    )
    expect(rows).toEqual([{ path: "/1", country: "US", browser: "Firefox", os: "Linux" }])
  })

  it("waits for a ClickHouse that is away, keeps its partition meanwhile, and writes everything once when it is back", async () => {
    const proxy = await proxyTo(place.env.CLICKHOUSE_URL)
    try {
      proxy.down()
      const worker = place.worker({ CLICKHOUSE_URL: proxy.url })
      await taken(worker.output)
      const entries = entriesOf(trafficOf({ seed: 5, groups: 60, visitors: 6 }), 1, 1)
      for (const entry of entries) await place.append([entry])
      const redis = await place.redis()
      const held = () => redis.mget(`${place.env.REDIS_PREFIX}lease:{0}`, `${place.env.REDIS_PREFIX}epoch:{0}`)
      const [holder, epoch] = await eventually(held, ([lease]) => lease !== null)
      // Longer than a lease lives that nobody renews.
      await pause(2_500)
      expect(await eventually(held, ([lease]) => lease !== null)).toEqual([holder, epoch])
      expect(await waiting(place)).toBe(entries.length)
      proxy.up()
      await drained(place)
      const { events, sessions } = await storedRows(place)
      expect(events.length).toBeGreaterThan(80)
      expect(sessions.reduce((sum, session) => sum + Number(session["pageviews"]) + Number(session["events"]), 0)).toBe(events.length)
    } finally {
      await proxy.close()
    }
  })

  it("leaves when it is told to while ClickHouse is away; its successor writes the batch", async () => {
    const proxy = await proxyTo(place.env.CLICKHOUSE_URL)
    try {
      proxy.down()
      const worker = place.worker({ CLICKHOUSE_URL: proxy.url })
      await taken(worker.output)
      await place.append([{ partition: 0, batch: { groups: [group([event(1)])] } }])
      await eventually(
        async () => worker.output(),
        (text) => text.includes("events wait on the log"),
      )
      worker.child.kill("SIGTERM")
      expect(await worker.exited).toBe(0)
      expect(await waiting(place)).toBe(1)
      place.worker()
      await drained(place)
      expect((await storedRows(place)).events).toHaveLength(1)
    } finally {
      await proxy.close()
    }
  })

  for (const [code, why] of [
    [516, "the password was changed"],
    [497, "a right was taken away"],
    [16, "the table has not got a column yet"],
    [117, "it finds fault with whatever comes, even with no rows"],
  ] as const)
    it(`waits for a ClickHouse that refuses because ${why}, and writes every row when it does no more`, async () => {
      const door = await refusingDoor(place.env.CLICKHOUSE_URL)
      try {
        door.refuse(code)
        place.worker({ CLICKHOUSE_URL: door.url })
        await place.append([{ partition: 0, batch: { groups: [group([1, 2, 3, 4, 5].map((n) => event(n)))] } }])
        await eventually(
          async () => door.refusals(),
          (refusals) => refusals >= 4,
        )
        const redis = await place.redis()
        expect(await waiting(place)).toBe(1)
        door.refuse(undefined)
        await drained(place)
        expect((await storedRows(place)).events).toHaveLength(5)
        expect(await redis.xlen(`${place.env.REDIS_PREFIX}dead`)).toBe(0)
      } finally {
        await door.close()
      }
    })

  it("goes on by new connections when those to Redis fall silent without being closed", { timeout: 60_000 }, async () => {
    const proxy = await proxyTo(place.env.REDIS_URL)
    try {
      const worker = place.worker({ REDIS_URL: proxy.url })
      await taken(worker.output)
      await place.append([{ partition: 0, batch: { groups: [group([event(1)])] } }])
      await drained(place)
      proxy.silence()
      await place.append([{ partition: 0, batch: { groups: [group([event(2)])] } }])
      await eventually(
        () => waiting(place),
        (count) => count === 0,
        50_000,
      )
      expect((await storedRows(place)).events.map((row) => row["path"])).toEqual(["/1", "/2"])
    } finally {
      await proxy.close()
    }
  })

  it("does not know whether a broken insert arrived, and needs not: every row is there once", async () => {
    const proxy = await proxyTo(place.env.CLICKHOUSE_URL)
    try {
      place.worker({ CLICKHOUSE_URL: proxy.url })
      let appending = true
      const cutting = (async () => {
        while (appending) {
          await pause(7)
          proxy.cut()
        }
      })()
      for (const entry of entriesOf(trafficOf({ seed: 6, groups: 120, visitors: 10 }), 1, 1)) {
        await place.append([entry])
        await pause(25)
      }
      appending = false
      await cutting
      await drained(place)
      const { events, sessions } = await storedRows(place)
      expect(events.length).toBeGreaterThan(150)
      expect(sessions.every((session) => Number(session["current"]) === 1)).toBe(true)
      expect(sessions.reduce((sum, session) => sum + Number(session["pageviews"]) + Number(session["events"]), 0)).toBe(events.length)
    } finally {
      await proxy.close()
    }
  })

  it("sets aside what cannot be unpacked and what ClickHouse refuses even alone; the rest of the batch goes on", async () => {
    const redis = await place.redis()
    const stream = `${place.env.REDIS_PREFIX}events:{0}`
    await redis.xadd(stream, "*", "b", Buffer.from([9, 9, 9]))
    const events = Array.from({ length: 20 }, (_, n) =>
      event(n, n === 13 ? { kind: "event", name: "poison", properties: bottomless() } : {}),
    )
    await place.append([{ partition: 0, batch: { groups: [group(events.slice(0, 10)), group(events.slice(10))] } }])
    place.worker()
    await drained(place)
    const stored = await storedRows(place)
    expect(stored.events).toHaveLength(19)
    expect(stored.sessions).toMatchObject([{ pageviews: 19, events: 0, current: "1" }])
    const letters = (await redis.xrange(`${place.env.REDIS_PREFIX}dead`, "-", "+")).map(([, fields]) => fields)
    expect(letters).toHaveLength(2)
    const [unreadable, refused] = letters
    expect(unreadable?.slice(4, 6)).toEqual(["reason", "entry of 3 bytes: unknown version 9"])
    expect(refused?.[5]).toMatch(/^ClickHouse refuses it: \d+: /)
    expect(JSON.parse(refused?.[7] ?? "{}")).toMatchObject({ projectId: "1", event: { name: "poison" } })
    expect(JSON.stringify(letters)).not.toContain("8.8.8.8")
  })

  it("remembers what it has seen and whose session it was across a restart", async () => {
    const first = place.worker()
    await place.append([{ partition: 0, batch: { groups: [group([event(1), event(2)])] } }])
    await drained(place)
    first.child.kill("SIGTERM")
    await first.exited
    await place.append([{ partition: 0, batch: { groups: [group([event(2), event(3)])] } }])
    place.worker()
    await drained(place)
    const { events, sessions } = await storedRows(place)
    expect(events.map((row) => row["path"])).toEqual(["/1", "/2", "/3"])
    expect(sessions).toMatchObject([{ pageviews: 3, exit_path: "/3", current: "1" }])
  })

  it("counts a repeated event once, no matter who sends it, among the senders of a partition; one of another partition makes it count again", async () => {
    const two = await corner(2)
    try {
      two.worker()
      const from = (visitorId: string) => ({ ...group([event(1)]), sender: { ...group([]).sender, visitorId } })
      await two.append([{ partition: 0, batch: { groups: [from("7")] } }])
      await two.append([{ partition: 0, batch: { groups: [from("8")] } }])
      await two.append([{ partition: 1, batch: { groups: [from("9")] } }])
      await drained(two)
      expect((await storedRows(two)).events.map((row) => row["visitor_id"]).sort()).toEqual(["7", "9"])
    } finally {
      await two.close()
    }
  })

  it("keeps no address anywhere once an event is processed", async () => {
    place.worker()
    const redis = await place.redis()
    await place.append([
      { partition: 0, batch: { groups: [{ ...group([event(1)]), sender: { ...group([]).sender, ip: "81.2.69.142" } }] } },
    ])
    await drained(place)
    expect(JSON.stringify(await storedRows(place))).not.toContain("81.2.69")
    for (const key of await redis.keys(`${place.env.REDIS_PREFIX}session*`)) expect(await redis.get(key)).not.toContain("81.2.69")
  })

  it("says over HTTP that it lives, that it is ready, and how far it is behind", async () => {
    const port = await freePort()
    const worker = place.worker({ PORT: String(port) })
    await taken(worker.output)
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`)
      return [answer.status, await answer.json()] as const
    }
    expect(
      await eventually(
        () => ask("/health/ready").catch(() => [0] as const),
        ([status]) => status === 200,
      ),
    ).toEqual([200, { status: "ok" }])
    expect(await ask("/health/live")).toEqual([200, { status: "ok" }])
    expect(await ask("/health/lag")).toEqual([200, { owned: [0], partitions: [{ partition: 0, ms: 0, entries: 0, bytes: 0 }] }])
  })
})
