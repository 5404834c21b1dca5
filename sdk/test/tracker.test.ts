import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { start, type Options, type Page, type Tracker } from "../src/browser/tracker.ts"
import { manualClock } from "./support/manualClock.ts"
import { answered, blockedStorage, memoryStorage, openPage } from "./support/page.ts"
import { Receiver } from "./support/receiver.ts"

let receiver: Receiver
let clock: ReturnType<typeof manualClock>

beforeEach(async () => {
  receiver = await Receiver.start()
  clock = manualClock()
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.resetModules()
  await receiver[Symbol.asyncDispose]()
})

const footfall = () => (window as Page).footfall as Tracker
const run = (options: Partial<Options> = {}): Tracker => {
  start({ key: "ffw_key", host: receiver.origin, ...options }, clock.now, clock.later)
  return footfall()
}
/** What has arrived once everything gathered is sent. */
const events = async () => {
  await answered()
  clock.advance(1000)
  await answered()
  return receiver.requests.flatMap(({ body }) => body.events)
}
/** The page's timers have run, those of the navigation among them. */
const task = () => new Promise((resolve) => setTimeout(resolve))

describe("the tracker", () => {
  test("reports the page with its address, title and referrer, without the fragment", async () => {
    openPage({ url: "https://shop.example/a?b=c#d", referrer: "https://news.example/" })
    run()
    const [view] = await events()
    expect(view).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: "2026-11-23T12:00:00.000Z",
      kind: "pageview",
      url: "https://shop.example/a?b=c",
      title: "Shop",
      referrer: "https://news.example/",
    })
  })

  test("sends the fragment when asked to", async () => {
    openPage({ url: "https://shop.example/#/cart" })
    run({ hash: true })
    expect((await events())[0]!.url).toBe("https://shop.example/#/cart")
  })

  test("cuts what the contract would refuse for its length", async () => {
    const { document } = openPage({
      url: "https://shop.example/?" + "q".repeat(5000),
      referrer: "https://news.example/" + "r".repeat(5000),
    })
    document.title = "t".repeat(600)
    run()
    const [view] = await events()
    expect([view!.url.length, view!.title!.length, view!.referrer!.length]).toEqual([4096, 512, 4096])
  })

  test("reports further pages of the history API without a referrer", async () => {
    const { document } = openPage({ referrer: "https://news.example/" })
    run()
    history.pushState(null, "", "/two")
    document.title = "Two"
    await task()
    history.replaceState(null, "", "/two#part")
    await task()
    history.replaceState({ scroll: 1 }, "")
    await task()
    history.pushState(null, "", "/two?page=2")
    await task()
    history.replaceState(null, "", "/three")
    await task()
    const views = await events()
    expect(views.map(({ url, title, referrer }) => [url, title, referrer])).toEqual([
      ["https://shop.example/", "Shop", "https://news.example/"],
      ["https://shop.example/two", "Two", undefined],
      ["https://shop.example/two?page=2", "Two", undefined],
      ["https://shop.example/three", "Two", undefined],
    ])
  })

  test.each([
    [false, "/map?lat="],
    [true, "/#/map?lat="],
  ])("takes a query that is replaced for the same page (hash: %s)", async (hash, place) => {
    openPage({ url: "https://shop.example" + place + 0 })
    run({ hash })
    for (let lat = 1; lat <= 6; lat++) {
      history.replaceState(null, "", place + lat)
      await task()
    }
    history.pushState(null, "", place + 6)
    await task()
    expect(await events()).toHaveLength(1)
  })

  test("counts another query that a router pushes, also when it replaces states around it", async () => {
    openPage()
    run()
    history.replaceState({ scroll: 1 }, "", "/")
    history.pushState(null, "", "/?page=2")
    history.replaceState({ page: 2 }, "", "/?page=2&sort=price")
    await task()
    expect((await events()).map(({ url }) => url)).toEqual(["https://shop.example/", "https://shop.example/?page=2&sort=price"])
  })

  test("counts a redirect within a task once", async () => {
    openPage()
    run()
    history.pushState(null, "", "/account")
    history.replaceState(null, "", "/login")
    await task()
    expect((await events()).map(({ url }) => url)).toEqual(["https://shop.example/", "https://shop.example/login"])
  })

  test("reports a page that comes back from the back/forward cache, and not the first show", async () => {
    const { emit } = openPage()
    run()
    emit("pageshow", { persisted: false })
    emit("pageshow", { persisted: true })
    expect(await events()).toHaveLength(2)
  })

  test("waits until a prerendered page is shown", async () => {
    const { document } = openPage()
    document.prerendering = true
    const tracker = run()
    tracker.track("Early")
    expect(await events()).toEqual([])
    document.prerendering = false
    document.emit("prerenderingchange")
    expect((await events()).map(({ kind, name }) => name ?? kind)).toEqual(["Early", "pageview"])
  })

  test("counts no page by itself with auto off, yet sends what an earlier page left", async () => {
    const { storage, emit } = openPage({ beacons: false })
    run({ auto: false }).track("Left")
    emit("pagehide")
    clock = manualClock(clock.now() + 60_000)
    openPage({ storage, url: "https://shop.example/later" })
    const tracker = run({ auto: false })
    history.pushState(null, "", "/two")
    await task()
    tracker.pageview({ plan: "pro" })
    expect((await events()).map(({ kind, url, name }) => [kind, url, name])).toEqual([
      ["event", "https://shop.example/", "Left"],
      ["pageview", "https://shop.example/two", undefined],
    ])
  })

  test("takes properties as they are when the event happens", async () => {
    openPage()
    const properties = { plan: "pro", seats: 3, tags: ["a"], nested: { deep: true } }
    run({ auto: false }).track("Signup", properties)
    properties.plan = "free"
    expect(await events()).toMatchObject([
      { kind: "event", name: "Signup", properties: { plan: "pro", seats: 3, tags: ["a"], nested: { deep: true } } },
    ])
  })

  test("drops an event whose properties are no JSON, and nothing else", async () => {
    openPage()
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const tracker = run({ auto: false })
    expect(() => tracker.track("Cycle", cycle as never)).not.toThrow()
    expect(() => tracker.track("Big", { n: 1n as never })).not.toThrow()
    tracker.track("Fine")
    expect((await events()).map(({ name }) => name)).toEqual(["Fine"])
  })

  test("reports what was tracked before it was there", async () => {
    const stub = { q: [["Early", { a: 1 }], ["Earlier"]] }
    openPage({ stub })
    run()
    expect((await events()).map(({ name }) => name)).toEqual([undefined, "Early", "Earlier"])
  })

  test("reports clicks on marked elements with their properties, and no others", async () => {
    const { emit } = openPage()
    run({ auto: false })
    const marked = {
      dataset: { footfallEvent: "Signup" },
      attributes: [
        { name: "class", value: "b" },
        { name: "data-footfall-property-plan-type", value: "pro" },
      ],
    }
    const click = (...path: object[]) => emit("click", { type: "click", button: 0, composedPath: () => [...path, document, window] })
    click({ dataset: {} }, marked)
    click({ dataset: {} })
    click()
    expect(await events()).toMatchObject([{ name: "Signup", properties: { "plan-type": "pro" } }])
  })

  test("hands over what waits when the page is hidden", async () => {
    const { emit } = openPage()
    run({ auto: false }).track("Bye")
    emit("visibilitychange")
    await answered()
    expect(receiver.requests.map(({ headers }) => headers["x-beacon"])).toEqual(["1"])
  })

  test("does nothing when another copy runs for the same write key: nothing is counted twice", async () => {
    openPage()
    const first = run()
    const second = run()
    expect(second).toBe(first)
    history.pushState(null, "", "/two")
    await task()
    expect((await events()).map(({ url }) => url)).toEqual(["https://shop.example/", "https://shop.example/two"])
  })

  test("counts for two projects on one page, each view and event once for each", async () => {
    const { emit } = openPage({ referrer: "https://news.example/" })
    run()
    const tracker = run({ key: "ffw_other" })
    run({ key: "ffw_other" })
    history.pushState(null, "", "/two")
    await task()
    tracker.track("Both", { n: 1 })
    tracker.pageview()
    const marked = { dataset: { footfallEvent: "Clicked" }, attributes: [] }
    emit("click", { type: "click", button: 0, composedPath: () => [marked] })
    await events()
    const of = (key: string) =>
      receiver.requests.filter(({ body }) => body.key === key).flatMap(({ body }) => body.events.map(({ name, url }) => name ?? url))
    const views = ["https://shop.example/", "https://shop.example/two", "https://shop.example/two"]
    expect(of("ffw_key").toSorted()).toEqual(["Both", "Clicked", ...views])
    expect(of("ffw_other").toSorted()).toEqual(["Both", "Clicked", ...views])
    expect(receiver.accepted.filter(({ referrer }) => referrer)).toHaveLength(2)
  })

  test("flushes both, and promises so", async () => {
    openPage()
    run({ auto: false })
    const tracker = run({ key: "ffw_other", auto: false })
    tracker.track("Waiting")
    await tracker.flush()
    await answered()
    expect(receiver.requests.map(({ body }) => body.key).toSorted()).toEqual(["ffw_key", "ffw_other"])
  })

  test("sends the referrer with what comes before the first view, and with that, and no more", async () => {
    openPage({ referrer: "https://news.example/" })
    const tracker = run({ auto: false })
    tracker.track("ready")
    tracker.pageview()
    tracker.track("later")
    expect((await events()).map(({ kind, referrer }) => [kind, referrer])).toEqual([
      ["event", "https://news.example/"],
      ["pageview", "https://news.example/"],
      ["event", undefined],
    ])
  })

  test("opts a visitor out by the page's own object", async () => {
    openPage()
    const tracker = run({ auto: false })
    tracker.track("Waiting")
    expect(tracker.optOut()).toBe(true)
    expect(await events()).toEqual([])
    expect(localStorage.getItem("footfall_ignore")).toBe("true")
  })

  test("cannot remember an opt-out when storage is blocked, and says so", () => {
    openPage({ storage: blockedStorage() })
    expect(run({ auto: false }).optOut()).toBe(false)
  })

  test("counts nobody who asked not to be counted", async () => {
    openPage()
    localStorage.setItem("footfall_ignore", "true")
    run().track("Secret")
    expect(await events()).toEqual([])
    expect(localStorage.getItem("footfall.queue.ffw_key")).toBeNull()
  })

  test("works when storage is blocked", async () => {
    openPage({ storage: blockedStorage() })
    run().track("Fine")
    expect((await events()).map(({ kind }) => kind)).toEqual(["pageview", "event"])
  })

  test("reports nothing of pages that are not on the web, and says so once on the console", async () => {
    openPage({ url: "file:///home/me/page.html" })
    vi.resetModules()
    const { start } = await import("../src/browser/tracker.ts")
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    start({ key: "ffw_key", host: receiver.origin }, clock.now, clock.later)
    footfall().track("Tried")
    expect(await events()).toEqual([])
    expect(warn.mock.calls).toEqual([["Footfall:", "file:", "pages are not counted"]])
  })

  test("stores nothing while everything is answered", async () => {
    const written: PropertyKey[] = []
    openPage({ storage: new Proxy(memoryStorage(), { set: (_, name) => !!written.push(name) }) })
    run().track("Fine")
    await events()
    expect(written).toEqual([])
  })
})

describe("the npm entry", () => {
  test("does nothing on a server", async () => {
    const sdk = await import("../src/browser/index.ts")
    expect(() => sdk.init({ key: "ffw_key", host: receiver.origin })).not.toThrow()
    sdk.track("Nobody")
    sdk.pageview()
    sdk.optIn()
    expect(sdk.optOut()).toBe(false)
    await sdk.flush()
    expect(receiver.requests).toEqual([])
  })

  test("starts once, tracks, and sends at once when asked to", async () => {
    openPage()
    const sdk = await import("../src/browser/index.ts")
    sdk.init({ key: "ffw_key", host: receiver.origin })
    sdk.init({ key: "ffw_key", host: receiver.origin })
    await answered()
    sdk.track("Signup", { plan: "pro" })
    await sdk.flush()
    expect(receiver.accepted.map(({ kind }) => kind)).toEqual(["pageview", "event"])
  })

  test("starts a second time for a second project, and reports to both", async () => {
    openPage()
    const sdk = await import("../src/browser/index.ts")
    sdk.init({ key: "ffw_key", host: receiver.origin, auto: false })
    sdk.init({ key: "ffw_other", host: receiver.origin, auto: false })
    sdk.track("Signup")
    await sdk.flush()
    await answered()
    expect(receiver.requests.map(({ body }) => body.key).toSorted()).toEqual(["ffw_key", "ffw_other"])
  })

  test.each([
    ["https://events.example", "https://events.example/v1/events"],
    ["https://events.example/", "https://events.example/v1/events"],
    ["https://shop.example/stats", "https://shop.example/stats/v1/events"],
    ["https://shop.example/stats//", "https://shop.example/stats/v1/events"],
  ])("sends to a service at %s", async (host, address) => {
    openPage()
    const asked: string[] = []
    vi.stubGlobal("fetch", (url: string) => (asked.push(url), Promise.resolve(new Response(null, { status: 202 }))))
    const sdk = await import("../src/browser/index.ts")
    sdk.init({ key: "ffw_key", host })
    await answered()
    expect(asked).toEqual([address])
  })

  test("stops counting on opt-out, and starts again on opt-in", async () => {
    openPage()
    const sdk = await import("../src/browser/index.ts")
    sdk.init({ key: "ffw_key", host: receiver.origin, auto: false })
    sdk.track("Waiting")
    expect(sdk.optOut()).toBe(true)
    sdk.track("Out")
    await sdk.flush()
    sdk.optIn()
    sdk.track("In")
    await sdk.flush()
    expect(receiver.accepted.map(({ name }) => name)).toEqual(["In"])
  })

  test("says on the console, and nowhere else, that a host is no address", async () => {
    openPage()
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
    vi.resetModules()
    const sdk = await import("../src/browser/index.ts")
    expect(() => sdk.init({ key: "ffw_key", host: "events.example.com" })).not.toThrow()
    expect(warn).toHaveBeenCalledOnce()
  })
})
