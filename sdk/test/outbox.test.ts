import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { openOutbox } from "../src/browser/outbox.ts"
import { manualClock } from "./support/manualClock.ts"
import { answered, blockedStorage, memoryStorage, openPage } from "./support/page.ts"
import { Receiver, type Answer } from "./support/receiver.ts"

let receiver: Receiver
let clock: ReturnType<typeof manualClock>

beforeEach(async () => {
  receiver = await Receiver.start()
  clock = manualClock()
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await receiver[Symbol.asyncDispose]()
})

const stored = () => localStorage.getItem("footfall.queue.ffw_key")
const event = (id: number | string, extra = "") => JSON.stringify({ id: String(id), timestamp: new Date(clock.now()).toISOString(), extra })
const open = () => openOutbox(receiver.origin + "/v1/events", "ffw_key", clock.now, clock.later)
const ids = () => receiver.requests.map(({ body }) => body.events.map(({ id }) => id))
/** So many requests have come, and the outbox has heard the answers. */
const settled = async (requests: number) => {
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(requests), { timeout: 5000, interval: 5 })
  await answered()
}
/** Requests are held from now on; the answer is the first one's, to be let go by the test. */
const hold = () =>
  new Promise<(answer: Answer) => void>((held) => {
    receiver.answer = () => {
      receiver.answer = () => ({ status: 202 })
      return new Promise<Answer>(held)
    }
  })
const answers = (...list: Answer[]) => (receiver.answer = () => list.shift() ?? { status: 202 })

describe("the outbox", () => {
  beforeEach(() => void openPage())

  test("sends an urgent event at once, as text/plain with the write key and the sender's clock", async () => {
    open().add(event(1), true)
    await settled(1)
    const [request] = receiver.requests
    expect(request).toMatchObject({ method: "POST", body: { key: "ffw_key", sentAt: "2026-11-23T12:00:00.000Z" } })
    expect(request!.headers["content-type"]).toMatch(/^text\/plain/)
    expect(stored()).toBeNull()
  })

  test("gathers events for a second", async () => {
    const outbox = open()
    outbox.add(event(1), false)
    clock.advance(999)
    outbox.add(event(2), false)
    expect(receiver.requests).toEqual([])
    clock.advance(1)
    await settled(1)
    expect(ids()).toEqual([["1", "2"]])
  })

  test("sends twenty waiting events without waiting", async () => {
    const outbox = open()
    for (let id = 0; id < 20; id++) outbox.add(event(id), false)
    await settled(1)
    expect(ids()[0]).toHaveLength(20)
  })

  test("has one request under way at a time, and sends what came meanwhile after it", async () => {
    const held = hold()
    const outbox = open()
    outbox.add(event(1), true)
    const release = await held
    outbox.add(event(2), true)
    outbox.add(event(3), true)
    release({ status: 202 })
    await settled(2)
    expect(ids()).toEqual([["1"], ["2", "3"]])
  })

  test.each([408, 429, 500, 502, 503])("sends the same events again after %i, later each time", async (status) => {
    answers({ status }, { status }, { status })
    open().add(event(1), true)
    for (const [attempt, base] of [1000, 2000, 4000].entries()) {
      await settled(attempt + 1)
      expect(clock.waiting).toHaveLength(1)
      expect(clock.waiting[0]).toBeGreaterThanOrEqual(base / 2)
      expect(clock.waiting[0]).toBeLessThanOrEqual(base)
      clock.advance(clock.waiting[0]!)
    }
    await settled(4)
    expect(ids()).toEqual([["1"], ["1"], ["1"], ["1"]])
    expect(receiver.accepted).toHaveLength(1)
    expect(stored()).toBeNull()
  })

  test("waits 64 seconds at most between two attempts, with jitter", async () => {
    receiver.answer = () => ({ status: 503 })
    open().add(event(1), true)
    const waits: number[] = []
    for (let attempt = 1; attempt <= 12; attempt++) {
      await settled(attempt)
      waits.push(clock.waiting[0]!)
      clock.advance(clock.waiting[0]!)
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(64_000)
    expect(Math.min(...waits.slice(6))).toBeGreaterThanOrEqual(32_000)
    expect(new Set(waits.slice(6)).size).toBeGreaterThan(1)
  })

  test.each([408, 429, 503])("never comes back before Retry-After of a %i", async (status) => {
    answers({ status, headers: { "retry-after": "120" } })
    const outbox = open()
    outbox.add(event(1), true)
    await settled(1)
    expect(clock.waiting[0]).toBeGreaterThanOrEqual(120_500)
    outbox.add(event(2), true)
    await outbox.flush()
    clock.advance(120_000)
    await settled(1)
    expect(receiver.requests).toHaveLength(1)
    clock.advance(1000)
    await settled(2)
    expect(ids()[1]).toEqual(["1", "2"])
  })

  test.each([400, 401, 404, 413, 415])("takes %i for final and goes on with the next event", async (status) => {
    vi.spyOn(console, "warn").mockImplementation(() => {})
    answers({ status })
    const outbox = open()
    outbox.add(event(1), true)
    await settled(1)
    expect(clock.waiting).toEqual([])
    expect(stored()).toBeNull()
    outbox.add(event(2), true)
    await settled(2)
    expect(ids()).toEqual([["1"], ["2"]])
  })

  test("says once on the console why nothing is counted, by what the server says", async () => {
    vi.resetModules()
    const { openOutbox } = await import("../src/browser/outbox.ts")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    const text = '{"title":"Unauthorized","detail":"Nobody has this key: it is mistyped or was revoked."}'
    answers({ status: 202 }, { status: 401, text }, { status: 401, text })
    const outbox = openOutbox(receiver.origin + "/v1/events", "ffw_key", clock.now, clock.later)
    for (let request = 1; request <= 3; request++) {
      outbox.add(event(request), true)
      await settled(request)
    }
    expect(warn.mock.calls).toEqual([["Footfall:", receiver.origin + "/v1/events", 401, text]])
  })

  test("says that somebody else answered, such as the site itself with a page", async () => {
    vi.resetModules()
    const { openOutbox } = await import("../src/browser/outbox.ts")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    answers({ status: 200, text: "<h1>Shop</h1>" })
    openOutbox(receiver.origin + "/v1/events", "ffw_key", clock.now, clock.later).add(event(1), true)
    await settled(1)
    expect(warn.mock.calls).toEqual([["Footfall:", receiver.origin + "/v1/events", 200, "<h1>Shop</h1>"]])
  })

  test.each([
    [{ maxTouchPoints: 0, webdriver: false }, undefined],
    [
      { maxTouchPoints: 5, webdriver: false },
      { touchPoints: 5, automated: false },
    ],
    [
      { maxTouchPoints: 0, webdriver: true },
      { touchPoints: 0, automated: true },
    ],
    [{}, undefined],
  ])("tells of a browser with %j: %j", async (navigator, client) => {
    openPage({ navigator })
    open().add(event(1), true)
    await settled(1)
    expect(receiver.requests[0]!.body.client).toEqual(client)
  })

  test("keeps events while the server is down and sends each once when it is back", async () => {
    await receiver.down()
    const outbox = open()
    outbox.add(event(1), true)
    await vi.waitFor(() => expect(clock.waiting).toHaveLength(1), { timeout: 5000, interval: 5 })
    expect(JSON.parse(stored()!)).toEqual([event(1)])
    outbox.add(event(2), true)
    await receiver.up()
    clock.advance(1000)
    await settled(1)
    expect(ids()).toEqual([["1", "2"]])
    expect(stored()).toBeNull()
  })

  test("sends the same event, by the same id, when the answer got lost on the way", async () => {
    const held = hold()
    const outbox = open()
    outbox.add(event(1), true)
    const release = await held
    receiver.hangUp()
    await vi.waitFor(() => expect(clock.waiting).toHaveLength(1), { timeout: 5000, interval: 5 })
    release({ status: 202 })
    clock.advance(1000)
    await settled(2)
    expect(receiver.accepted.map(({ id }) => id)).toEqual(["1", "1"])
    expect(receiver.requests[0]!.body.events).toEqual(receiver.requests[1]!.body.events)
  })

  test("splits what does not fit below 64 KiB, counting bytes and not characters", async () => {
    const outbox = open()
    for (let id = 0; id < 19; id++) outbox.add(event(id, "ä".repeat(5000)), false)
    clock.advance(1000)
    await settled(4)
    expect(ids().flat()).toHaveLength(19)
    expect(Math.max(...receiver.requests.map(({ bytes }) => bytes))).toBeLessThan(65_536)
  })

  test("sends an event alone that is larger than that", async () => {
    const outbox = open()
    outbox.add(event(1, "x".repeat(70_000)), false)
    outbox.add(event(2), false)
    clock.advance(1000)
    await settled(2)
    expect(ids()).toEqual([["1"], ["2"]])
  })

  test("gives an event up after 24 hours", async () => {
    answers({ status: 503, headers: { "retry-after": "86400" } })
    const outbox = open()
    outbox.add(event(1), true)
    await settled(1)
    clock.advance(86_400_000)
    outbox.add(event(2), true)
    clock.advance(1000)
    await settled(2)
    expect(ids()).toEqual([["1"], ["2"]])
  })

  test("forgets what waits as soon as the visitor is not to be counted", async () => {
    answers({ status: 503 })
    const outbox = open()
    outbox.add(event(1), true)
    await settled(1)
    localStorage.setItem("footfall_ignore", "true")
    clock.advance(1000)
    outbox.leave()
    await settled(1)
    expect(receiver.requests).toHaveLength(1)
    expect(stored()).toBeNull()
  })
})

describe("when the page is left", () => {
  test("what waits goes out by beacon, and nothing is stored", async () => {
    openPage()
    const outbox = open()
    outbox.add(event(1), false)
    outbox.leave()
    outbox.leave()
    await answered()
    expect(ids()).toEqual([["1"]])
    expect(receiver.requests[0]!.headers["x-beacon"]).toBe("1")
    expect(stored()).toBeNull()
  })

  test("beacons stay below 64 KiB", async () => {
    openPage()
    const outbox = open()
    for (let id = 0; id < 10; id++) outbox.add(event(id, "x".repeat(10_000)), false)
    outbox.leave()
    await answered()
    expect(receiver.requests).toHaveLength(2)
    expect(ids().flat()).toHaveLength(10)
  })

  test("what no beacon takes is spooled for the next page", async () => {
    const { storage } = openPage({ beacons: false })
    const first = open()
    first.add(event(1), false)
    first.leave()
    expect(receiver.requests).toHaveLength(0)
    openPage({ storage })
    void open().flush()
    await settled(1)
    expect(ids()).toEqual([["1"]])
    expect(stored()).toBeNull()
  })

  test("a request that nobody has answered is spooled until it is", async () => {
    openPage()
    const held = hold()
    const outbox = open()
    outbox.add(event(1), true)
    const release = await held
    outbox.leave()
    expect(JSON.parse(stored()!)).toEqual([event(1)])
    release({ status: 202 })
    await settled(1)
    expect(stored()).toBeNull()
  })

  test("in an outage the next page sends, and no beacon disturbs the server", async () => {
    const { storage } = openPage({ storage: memoryStorage() })
    answers({ status: 503, headers: { "retry-after": "60" } })
    const outbox = open()
    outbox.add(event(1), true)
    await settled(1)
    outbox.add(event(2), false)
    outbox.leave()
    await settled(1)
    expect(receiver.requests).toHaveLength(1)
    openPage({ storage })
    void open().flush()
    await settled(2)
    expect(ids()[1]).toEqual(["1", "2"])
  })

  test("in an outage without storage a beacon is tried, and the events stay in memory", async () => {
    openPage({ storage: blockedStorage() })
    answers({ status: 503 }, { status: 503 })
    const outbox = open()
    outbox.add(event(1), true)
    await settled(1)
    outbox.leave()
    await answered()
    expect(receiver.requests).toHaveLength(2)
    clock.advance(1000)
    await settled(3)
    expect(receiver.accepted.map(({ id }) => id)).toEqual(["1"])
  })
})
