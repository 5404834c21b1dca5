import type { LoggedEvent, LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { corner, type Corner } from "./corner.ts"
import { eventually } from "./eventually.ts"
import { storedRows, waiting } from "./stored.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.parse("2026-11-02T10:00:00Z")

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`
const event = (n: number, at: number, more: Partial<LoggedEvent> = {}): LoggedEvent => ({
  id: idOf(n),
  kind: "pageview",
  name: "",
  at,
  url: `https://example.com/${n}`,
  referrer: "",
  title: "",
  ...more,
})

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"

const group = (receivedAt: number, events: ReadonlyArray<LoggedEvent>, more: Partial<LoggedGroup["sender"]> = {}): LoggedGroup => ({
  sender: { projectId: "1", visitorId: "7", ip: "8.8.8.8", userAgent: BROWSER, language: "en", ...more },
  receivedAt,
  events,
})

let place: Corner
let worker: ReturnType<Corner["worker"]>
beforeEach(async () => {
  place = await corner(1)
  worker = place.worker()
})
afterEach(() => place.close())

/** Sends groups one after the other, each when the one before is committed. */
const process = async (...groups: ReadonlyArray<LoggedGroup>) => {
  for (const one of groups) {
    await place.append([{ partition: 0, batch: { groups: [one] } }])
    await eventually(
      () => waiting(place),
      (count) => count === 0,
    )
  }
}

const sessions = async () => {
  const rows = (await storedRows(place)).sessions
  return rows.map((row) => ({
    from: (Date.parse(`${String(row["started_at"])}Z`) - NOW) / MINUTE,
    to: (Date.parse(`${String(row["ended_at"])}Z`) - NOW) / MINUTE,
    views: Number(row["pageviews"]),
    entry: row["entry_path"],
    source: row["source"],
  }))
}

/** Every event carries the id and the attributes of the one session that it lies in. */
const expectConsistent = async () => {
  const { events, sessions: rows } = await storedRows(place)
  for (const one of events) {
    const own = rows.filter((row) => row["session_id"] === one["session_id"])
    expect(own).toHaveLength(1)
    for (const column of ["entry_path", "source", "channel", "utm_source", "country", "browser", "person_id"])
      expect([one["event_id"], column, one[column]]).toEqual([one["event_id"], column, own[0]![column]])
  }
}

/** Another worker goes on, from a log that has forgotten all states. */
const forgetStates = async () => {
  const before = worker
  before.child.kill("SIGTERM")
  await before.exited
  const redis = await place.redis()
  for (const key of await redis.keys(`${place.env.REDIS_PREFIX}session:*`)) await redis.del(key)
  worker = place.worker()
}

describe("an event that comes late", () => {
  it("corrects the visit that it belongs to, and its events that are stored already", async () => {
    await process(
      group(NOW + MINUTE, [event(1, NOW), event(2, NOW + 5 * MINUTE)]),
      group(NOW + HOUR, [event(3, NOW + 50 * MINUTE)]),
      group(NOW + HOUR, [event(4, NOW - 5 * MINUTE, { url: "https://example.com/landing?utm_source=late&utm_medium=email" })]),
      group(NOW + HOUR, [event(5, NOW + 25 * MINUTE)]),
    )
    expect(await sessions()).toEqual([{ from: -5, to: 50, views: 5, entry: "/landing", source: "late" }])
    await expectConsistent()
  })

  it("has a visit that would become too long cut anew, with the attributes of whichever event begins each part", async () => {
    const steady = Array.from({ length: 49 }, (_, n) =>
      event(n, NOW + n * 30 * MINUTE, n === 48 ? { referrer: "https://news.ycombinator.com/" } : {}),
    )
    await process(group(NOW + 25 * HOUR, steady))
    expect(await sessions()).toEqual([{ from: 0, to: 1440, views: 49, entry: "/0", source: "" }])
    await process(group(NOW + 25 * HOUR, [event(100, NOW - MINUTE)]))
    expect((await sessions()).sort((a, b) => a.from - b.from)).toEqual([
      { from: -1, to: 1410, views: 49, entry: "/100", source: "" },
      { from: 1440, to: 1440, views: 1, entry: "/48", source: "Hacker News" },
    ])
    await expectConsistent()
  })

  it("finds a visit that the worker has forgotten, weeks later, and joins two of them into one", async () => {
    await process(group(NOW, [event(1, NOW), event(2, NOW + 5 * MINUTE)]), group(NOW, [event(3, NOW + 50 * MINUTE)]))
    await forgetStates()
    const later = NOW + 20 * 24 * HOUR
    await process(group(later, [event(4, NOW + 25 * MINUTE), event(5, NOW - 10 * MINUTE, { referrer: "https://www.google.com/" })]))
    expect(await sessions()).toEqual([{ from: -10, to: 50, views: 5, entry: "/5", source: "Google" }])
    await expectConsistent()
    // What was read back is remembered, and what is remembered is not counted again.
    await process(group(later, [event(6, NOW + 30 * MINUTE)]))
    expect(await sessions()).toEqual([{ from: -10, to: 50, views: 6, entry: "/5", source: "Google" }])
    await expectConsistent()
  })

  it("leaves forgotten visits alone that it does not belong to", async () => {
    await process(group(NOW, [event(1, NOW)]))
    await forgetStates()
    await process(group(NOW + 20 * 24 * HOUR, [event(2, NOW + 31 * MINUTE)]))
    expect((await sessions()).map(({ from, views }) => [from, views]).sort()).toEqual([
      [0, 1],
      [31, 1],
    ])
  })

  it("continues a visit over midnight under the ids of both days, in whatever order they come", async () => {
    const midnight = Date.parse("2026-11-03T00:00:00Z")
    const evening = (n: number, at: number) => group(midnight + HOUR, [event(n, at)], { visitorId: "70", nextVisitorId: "71" })
    const night = (n: number, at: number) => group(midnight + HOUR, [event(n, at)], { visitorId: "71", previousVisitorId: "70" })
    await process(
      night(1, midnight + 20 * MINUTE),
      evening(2, midnight - 15 * MINUTE),
      evening(3, midnight - 2 * MINUTE),
      night(4, midnight + 5 * MINUTE),
    )
    const { events, sessions: rows } = await storedRows(place)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ visitor_id: "70", person_id: "70", pageviews: 4, entry_path: "/2" })
    expect(new Set(events.map((row) => row["person_id"]))).toEqual(new Set(["70"]))
    await expectConsistent()
  })
})

describe("a session state that cannot be read", () => {
  for (const [name, state] of [
    ["is of a layout that there never was", "[1]"],
    ["is cut off", "{"],
    ["is of a later release", `[99,"",{}]`],
  ] as const)
    it(`and ${name} is set aside and made anew from the warehouse; nothing stands still`, async () => {
      await process(group(NOW, [event(1, NOW), event(2, NOW + 5 * MINUTE)]))
      worker.child.kill("SIGTERM")
      await worker.exited
      const redis = await place.redis()
      await redis.set(`${place.env.REDIS_PREFIX}session:{0}:7`, state)
      place.worker()
      await process(group(NOW + MINUTE, [event(3, NOW + 10 * MINUTE)]), group(NOW + MINUTE, [event(4, NOW + 12 * MINUTE)]))
      expect(await sessions()).toEqual([{ from: 0, to: 12, views: 4, entry: "/1", source: "" }])
      const letters = await redis.xrange(`${place.env.REDIS_PREFIX}dead`, "-", "+")
      expect(letters.map(([, fields]) => fields.at(-1))).toEqual([state])
      await expectConsistent()
    })
})

describe("an event id", () => {
  it("that comes again after hours and a restart of the worker counts once", async () => {
    await process(group(NOW, [event(1, NOW)]))
    worker.child.kill("SIGKILL")
    await worker.exited
    place.worker()
    await process(group(NOW + 3 * HOUR, [event(2, NOW + 3 * HOUR)]), group(NOW + 23 * HOUR, [event(1, NOW), event(3, NOW + 23 * HOUR)]))
    const { events } = await storedRows(place)
    expect(events.map((row) => row["event_id"])).toEqual([1, 2, 3].map(idOf))
  })
})
