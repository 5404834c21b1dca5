import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { bundle } from "../scripts/bundle.ts"
import type { Tracker } from "../src/browser/tracker.ts"
import { browse, launchChromium } from "./support/chromium.ts"
import { Receiver } from "./support/receiver.ts"
import { openSite } from "./support/site.ts"

let browser: Browser
let context: BrowserContext
let page: Page
let receiver: Receiver
let site: Awaited<ReturnType<typeof openSite>>
let script: Uint8Array
let errors: string[]
/** Lets the page at /prerender go to the page that it has prerendered. */
let show: (html: string) => void

beforeAll(async () => {
  browser = await launchChromium()
  script = (await bundle("script")).code
}, 300_000)
afterAll(() => browser?.close())

beforeEach(async () => {
  receiver = await Receiver.start()
  receiver.script = script
  const tag = `<script defer src="${receiver.origin}/script.js" data-key="ffw_key"></script>`
  const policy = `default-src 'none'; script-src ${receiver.origin}; connect-src ${receiver.origin}; require-trusted-types-for 'script'`
  site = await openSite({
    "/": { html: `<title>Home</title>${tag}<a id="two" href="/two">Two</a>` },
    "/two": { html: `<title>Two</title>${tag}` },
    "/stub": {
      html: `<script>window.footfall=window.footfall||{q:[],track:(...a)=>footfall.q.push(a)};footfall.track("Early",{n:1})</script>${tag}`,
    },
    "/twice": { html: `${tag}${tag}<div id="footfall"></div>` },
    "/strict": { html: `<title>Strict</title>${tag}`, headers: { "content-security-policy": policy } },
    "/sandbox": { html: `<title>Sandbox</title>${tag}`, headers: { "content-security-policy": "sandbox allow-scripts" } },
    "/marked": { html: `${tag}<button data-footfall-event="Signup" data-footfall-property-plan="pro"><b>Sign up</b></button>` },
    "/carriers": {
      html: `${tag}<div id="host"></div><a data-footfall-event="Link" href="/two" target="_blank">Two</a>
        <label data-footfall-event="Label">I agree <input type="checkbox"></label>
        <form data-footfall-event="Sent" onsubmit="return false"><input name="text"><button>Send</button></form>
        <script>document.querySelector("#host").attachShadow({ mode: "open" }).innerHTML = '<button data-footfall-event="Shadow"><b>Go</b></button>'</script>`,
    },
    "/prerender": {
      html: `<script type="speculationrules">{"prerender":[{"urls":["/shown"],"eagerness":"immediate"}]}</script>
        <a href="/shown">Show</a><script>fetch("/word").then(() => document.querySelector("a").click())</script>`,
    },
    "/word": { html: new Promise((resolve) => (show = resolve)) },
    "/shown": { html: `<script>addEventListener("DOMContentLoaded", () => fetch("/ran?" + document.prerendering))</script>${tag}` },
  })
  context = await browser.newContext()
  page = await context.newPage()
  errors = []
  page.on("pageerror", (error) => errors.push(String(error)))
  page.on(
    "console",
    (message) =>
      message.type() === "error" &&
      !/favicon|ERR_CONNECTION_REFUSED/.test(message.text() + message.location().url) &&
      errors.push(message.text()),
  )
})

afterEach(async () => {
  await context.close()
  await site[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
  expect(errors).toEqual([])
  expect(receiver.preflights).toEqual([])
})

const TIMEOUT = 10_000
/** What was accepted, each id once, as the server counts: an event under way while a page is left is sent again by the next. */
const counted = () => [...new Map(receiver.accepted.toReversed().map((event) => [event.id, event])).values()].toReversed()
const arrived = async (...expected: string[]) => {
  const names = () => counted().map(({ name, url }) => name ?? new URL(url).pathname)
  await vi.waitFor(() => expect(names()).toEqual(expected), { timeout: TIMEOUT, interval: 20 })
}
const track = (name: string) => page.evaluate((name) => (window as unknown as { footfall: Tracker }).footfall.track(name), name)
const stored = () => page.evaluate(() => localStorage.getItem("footfall.queue.ffw_key"))

test("a page view is sent on load, with title and referrer, without preflight, cookies or storage", async () => {
  await page.goto(site.origin + "/?utm_source=news#top")
  await arrived("/")
  expect(receiver.accepted[0]).toMatchObject({ kind: "pageview", url: site.origin + "/?utm_source=news", title: "Home" })
  expect(receiver.requests[0]!.body.key).toBe("ffw_key")
  await page.click("#two")
  await arrived("/", "/two")
  expect(counted()[1]!.referrer).toBe(site.origin + "/?utm_source=news")
  expect(await context.cookies()).toEqual([])
  const entries = () => page.evaluate(() => localStorage.length + sessionStorage.length)
  await vi.waitFor(async () => expect(await entries()).toBe(0), { timeout: TIMEOUT })
})

test("pages of the history API are counted, back and forward included", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  await page.evaluate(() => history.pushState(null, "", "/a"))
  await arrived("/", "/a")
  await page.evaluate(() => history.replaceState(null, "", "/a#part"))
  await page.evaluate(() => (location.hash = "other"))
  for (let n = 0; n < 6; n++) await page.evaluate((n) => history.replaceState(null, "", "/a?lat=" + n), n)
  await page.evaluate(() => history.replaceState(null, "", "/b"))
  await arrived("/", "/a", "/b")
  await page.evaluate(() => history.go(-2))
  await arrived("/", "/a", "/b", "/")
  expect(
    counted()
      .slice(1)
      .map(({ referrer }) => referrer),
  ).toEqual([undefined, undefined, undefined])
})

test("a page that comes back from the back/forward cache is counted again", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  await page.evaluate(() => ((window as unknown as { kept: boolean }).kept = true))
  await page.goto(site.origin + "/plain")
  await page.evaluate(() => history.back())
  await arrived("/", "/")
  expect(await page.evaluate(() => (window as unknown as { kept: boolean }).kept)).toBe(true)
})

test("a prerendered page is counted when it is shown, not before", async () => {
  const alone = browse(site.origin + "/prerender")
  try {
    await vi.waitFor(() => expect(site.visits).toContain("/ran?true"), { timeout: TIMEOUT })
    expect(receiver.requests).toEqual([])
    show("")
    await arrived("/shown")
    expect(site.visits.filter((path) => path === "/shown")).toHaveLength(1)
  } finally {
    await alone.close()
  }
})

test("custom events go out within a second or so, those of marked elements with their properties", async () => {
  await page.goto(site.origin + "/marked")
  await arrived("/marked")
  // Both in one go, so that no second passes between them.
  await page.evaluate(() => {
    document.querySelector("b")!.click()
    ;(window as unknown as { footfall: Tracker }).footfall.track("Played")
  })
  await arrived("/marked", "Signup", "Played")
  expect(receiver.accepted[1]).toMatchObject({ kind: "event", properties: { plan: "pro" }, url: site.origin + "/marked" })
  expect(receiver.requests).toHaveLength(2)
})

test("marked elements count once each: in web components, by the middle button, around a field, and forms when they are sent", async () => {
  await page.goto(site.origin + "/carriers")
  await arrived("/carriers")
  await page.click("#host b")
  await page.click("text=I agree")
  await page.click("form input")
  await page.click("form input")
  await page.click("form button")
  await page.click("a", { button: "middle" })
  await page.click("a", { button: "right" })
  await vi.waitFor(() => expect(counted().filter(({ name }) => name !== undefined)).toHaveLength(4), { timeout: TIMEOUT })
  expect(counted().flatMap(({ name }) => name ?? [])).toEqual(["Shadow", "Label", "Sent", "Link"])
})

test("a custom event before the first page view says where the page came from", async () => {
  await page.goto(site.origin + "/plain", { referer: "https://news.example/" })
  await page.evaluate((origin) => {
    const script = Object.assign(document.createElement("script"), { src: origin + "/script.js" })
    Object.assign(script.dataset, { key: "ffw_key", auto: "false" })
    document.head.append(script)
  }, receiver.origin)
  await page.waitForFunction(() => "footfall" in window)
  await track("Ready")
  await arrived("Ready")
  expect(counted()[0]!.referrer).toBe("https://news.example/")
})

test("an answer that asks for another try gets one, and a refused key is told on the console", async () => {
  const said: string[] = []
  page.on("console", (message) => message.type() === "warning" && said.push(message.text()))
  let asked = 0
  receiver.answer = () => ({ status: asked++ === 0 ? 408 : 202 })
  await page.goto(site.origin + "/")
  await arrived("/")
  receiver.answer = () => ({ status: 401 })
  await track("Refused")
  await vi.waitFor(() => expect(said).toEqual(["Footfall: 401"]), { timeout: TIMEOUT })
  errors = errors.filter((error) => !/40[18]/.test(error))
})

test("what was tracked before the script was there is sent", async () => {
  await page.goto(site.origin + "/stub")
  await arrived("/stub", "Early")
})

test("two tags count once, also on a page with an element called footfall", async () => {
  await page.goto(site.origin + "/twice")
  await arrived("/twice")
  await page.evaluate(() => history.pushState(null, "", "/on"))
  await track("Once")
  await arrived("/twice", "/on", "Once")
})

test("what waits goes out by beacon when the page is left", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  await track("Bye")
  await page.goto(site.origin + "/plain")
  await arrived("/", "Bye")
  expect(receiver.requests.at(-1)!.headers["content-type"]).toMatch(/^text\/plain/)
})

test("events beyond what a beacon carries arrive all the same", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  const large = (name: string) =>
    page.evaluate(
      (name) => (window as unknown as { footfall: Tracker }).footfall.track(name, { text: Array(80).fill("x".repeat(999)) }),
      name,
    )
  await large("Large")
  await arrived("/", "Large")
  await large("Leaving")
  await page.goto(site.origin + "/two")
  await arrived("/", "Large", "Leaving", "/two")
})

test("with the server down for a while, events arrive exactly once", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  await receiver.down()
  await page.evaluate(() => history.pushState(null, "", "/a"))
  await track("Down")
  await vi.waitFor(async () => expect(await stored()).not.toBeNull(), { timeout: TIMEOUT })
  await receiver.up()
  await arrived("/", "/a", "Down")
  await vi.waitFor(async () => expect(await stored()).toBeNull(), { timeout: TIMEOUT })
})

test("a page that was closed while the server was down is counted by the next one, exactly once", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  await receiver.down()
  await page.evaluate(() => history.pushState(null, "", "/a"))
  await vi.waitFor(async () => expect(await stored()).not.toBeNull(), { timeout: TIMEOUT })
  await track("Closing")
  await page.goto(site.origin + "/plain")
  await page.close()
  await receiver.up()
  page = await context.newPage()
  await page.goto(site.origin + "/two")
  await arrived("/", "/a", "Closing", "/two")
  await vi.waitFor(async () => expect(await stored()).toBeNull(), { timeout: TIMEOUT })
})

test("a server that asks for patience gets it", async () => {
  const asked: number[] = []
  receiver.answer = () => (asked.push(performance.now()) === 1 ? { status: 503, headers: { "retry-after": "2" } } : { status: 202 })
  await page.goto(site.origin + "/")
  await arrived("/")
  expect(asked).toHaveLength(2)
  expect(asked[1]! - asked[0]!).toBeGreaterThan(2000)
  errors = errors.filter((error) => !error.includes("503"))
})

test("a strict content security policy with trusted types needs no exception", async () => {
  await page.goto(site.origin + "/strict")
  await arrived("/strict")
  await track("Strict")
  await arrived("/strict", "Strict")
})

test("a page without any storage is counted, outages included", async () => {
  let asked = 0
  receiver.answer = () => (asked++ === 0 ? { status: 503 } : { status: 202 })
  await page.goto(site.origin + "/sandbox")
  await arrived("/sandbox")
  expect(asked).toBe(2)
  errors = errors.filter((error) => !error.includes("503"))
})

test("a visitor who asked not to be counted is not", async () => {
  await page.goto(site.origin + "/plain")
  await page.evaluate(() => (localStorage["footfall_ignore"] = "true"))
  await page.goto(site.origin + "/")
  await track("Ignored")
  await page.goto(site.origin + "/plain")
  await page.evaluate(() => localStorage.removeItem("footfall_ignore"))
  await page.goto(site.origin + "/two")
  await arrived("/two")
})
