import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
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
    "/two-projects": { html: `${tag}${tag.replace("ffw_key", "ffw_other")}<button data-footfall-event="Both">Both</button>` },
    "/proxied": { html: `<script defer src="${receiver.origin}/stats/script.js?v=/2" data-key="ffw_key"></script>` },
    "/elsewhere": { html: `<script src="/tracker.js" data-host="${receiver.origin}/in/here" data-key="ffw_key"></script>` },
    "/hash": { html: tag.replace("data-key", "data-hash data-key") },
    "/manual": { html: tag.replace("data-key", 'data-auto="false" data-key') },
    "/keyless": { html: `<script defer src="${receiver.origin}/script.js"></script>` },
    "/strict": { html: `<title>Strict</title>${tag}`, headers: { "content-security-policy": policy } },
    "/sandbox": { html: `<title>Sandbox</title>${tag}`, headers: { "content-security-policy": "sandbox allow-scripts" } },
    "/marked": { html: `${tag}<button data-footfall-event="Signup" data-footfall-property-plan="pro"><b>Sign up</b></button>` },
    "/widgets": {
      html: `${tag}<style>* { min-width: 1em; min-height: 1em }</style>
        <div id="host"></div>
        <div data-footfall-event="Wrapped"><div id="wrapped"></div></div>
        <a id="link" href="/plain" data-footfall-event="Opened">Plain</a>
        <button id="button" data-footfall-event="Pressed">Press</button>
        <label id="around" data-footfall-event="Agreed"><span>I agree</span><input type="checkbox"></label>
        <div data-footfall-event="Outer"><label id="inside"><span>Text</span><input type="checkbox"></label>
          <i id="nested" data-footfall-event="Inner">Inner</i></div>
        <section data-footfall-event="Section"><form data-footfall-event="Sent" data-footfall-property-plan="pro" onsubmit="return false">
          <input id="field" required><button id="send">Send</button></form></section>
        <script>for (const id of ["host", "wrapped"]) {
          const root = document.getElementById(id).attachShadow({ mode: "open" })
          root.innerHTML = id === "host" ? '<button data-footfall-event="Shadow" data-footfall-property-of="host"><b>In</b></button>' : "<b>In</b>"
        }</script>`,
    },
    "/prerender": {
      html: `<script type="speculationrules">{"prerender":[{"urls":["/shown"],"eagerness":"immediate"}]}</script>
        <a href="/shown">Show</a><script>fetch("/word").then(() => document.querySelector("a").click())</script>`,
    },
    "/tracker.js": { html: "" },
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

const TIMEOUT = 40_000
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

test("a map that keeps its place in the query by replaceState is one view", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  for (let lat = 1; lat <= 6; lat++) await page.evaluate((lat) => history.replaceState(null, "", "?lat=" + lat), lat)
  await page.evaluate(() => history.pushState(null, "", "?lat=6#place"))
  await page.evaluate(() => history.replaceState(null, "", "/other?lat=6"))
  await page.evaluate(() => history.pushState(null, "", "?page=2"))
  await arrived("/", "/other", "/other")
  expect(counted().map(({ url }) => url.slice(site.origin.length))).toEqual(["/", "/other?lat=6", "/other?page=2"])
})

test("pages of the Navigation API are counted, once each, also when a router uses the history API beside it", async () => {
  await page.goto(site.origin + "/")
  await arrived("/")
  const navigate = (to: string, history?: string) =>
    page.evaluate(
      async ([to, history]) => {
        const { navigation } = window as unknown as {
          navigation: EventTarget & { navigate(to: string, options: object): { finished: Promise<void> } }
        }
        const intercept = (event: Event) => (event as unknown as { intercept(): void }).intercept()
        navigation.addEventListener("navigate", intercept, { once: true })
        await navigation.navigate(to!, history ? { history } : {}).finished
      },
      [to, history],
    )
  await navigate("/nav1")
  await navigate("/nav2")
  await arrived("/", "/nav1", "/nav2")
  await navigate("/nav2?lat=1", "replace")
  await navigate("/nav3", "replace")
  await page.evaluate(() => history.pushState(null, "", "/nav4"))
  await arrived("/", "/nav1", "/nav2", "/nav3", "/nav4")
  await page.evaluate(() => history.back())
  await arrived("/", "/nav1", "/nav2", "/nav3", "/nav4", "/nav3")
})

test("pages of a hash router are counted by their fragments", async () => {
  await page.goto(site.origin + "/hash#/home")
  await page.evaluate(() => (location.hash = "#/about"))
  await page.evaluate(() => history.replaceState(null, "", "#/about?tab=2"))
  await page.evaluate(() => history.pushState(null, "", "#/pricing"))
  await vi.waitFor(() => expect(counted().map(({ url }) => url.split("#")[1])).toEqual(["/home", "/about", "/pricing"]), {
    timeout: TIMEOUT,
    interval: 20,
  })
})

test("a custom event before the first page view carries where the visitor came from", async () => {
  await page.goto(site.origin + "/plain")
  await page.evaluate(() => location.assign("/manual"))
  await page.waitForURL("**/manual")
  await page.waitForFunction(() => "footfall" in window)
  await track("ready")
  await page.evaluate(() => (window as unknown as { footfall: Tracker }).footfall.pageview())
  await track("later")
  await vi.waitFor(() => expect(counted()).toHaveLength(3), { timeout: TIMEOUT })
  expect(counted().map(({ kind, referrer }) => [kind, referrer])).toEqual([
    ["event", site.origin + "/plain"],
    ["pageview", site.origin + "/plain"],
    ["event", undefined],
  ])
})

test("a browser that a program drives says so, one with a touch screen too", async () => {
  await context.close()
  context = await browser.newContext({ hasTouch: true })
  // The tests' own browser keeps quiet about its driver.
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => true }))
  page = await context.newPage()
  await page.goto(site.origin + "/")
  await arrived("/")
  const touchPoints = await page.evaluate(() => navigator.maxTouchPoints)
  expect(touchPoints).toBeGreaterThan(0)
  expect(receiver.requests[0]!.body.client).toEqual({ touchPoints, automated: true })
})

test("events go to where the script came from, under the path of a proxy too, or to where the tag says", async () => {
  await page.goto(site.origin + "/proxied")
  await arrived("/proxied")
  expect(receiver.requests[0]!.path).toBe("/stats/v1/events")
  await page.route("**/tracker.js", (route) => route.fulfill({ contentType: "text/javascript", body: new TextDecoder().decode(script) }))
  await page.goto(site.origin + "/elsewhere")
  await arrived("/proxied", "/elsewhere")
  expect(receiver.requests[1]!.path).toBe("/in/here/v1/events")
})

test("marked elements count inside of web components, and the innermost one counts", async () => {
  await page.goto(site.origin + "/widgets")
  await arrived("/widgets")
  await page.click("#host b")
  await page.click("#wrapped b")
  await page.click("#nested")
  await arrived("/widgets", "Shadow", "Wrapped", "Inner")
  expect(counted()[1]!.properties).toEqual({ of: "host" })
})

test("a marked link counts when the middle button opens it; other buttons and other elements do not", async () => {
  await page.goto(site.origin + "/widgets")
  await arrived("/widgets")
  await page.click("#link", { button: "right" })
  await page.click("#button", { button: "middle" })
  await page.click("#link", { button: "middle" })
  await arrived("/widgets", "Opened")
  await page.click("#button")
  await arrived("/widgets", "Opened", "Pressed")
})

test("a click on a label counts once, whatever it does to its control", async () => {
  await page.goto(site.origin + "/widgets")
  await arrived("/widgets")
  await page.click("#around span")
  expect(await page.isChecked("#around input")).toBe(true)
  await page.click("#around input")
  await page.click("#inside span")
  await page.click("#inside input")
  await arrived("/widgets", "Agreed", "Agreed", "Outer", "Outer")
})

test("a marked form counts when it is sent, by button or key, and no click into it does", async () => {
  await page.goto(site.origin + "/widgets")
  await arrived("/widgets")
  await page.click("#field")
  await page.click("#field")
  await page.click("#send")
  await page.fill("#field", "text")
  await page.click("#send")
  await page.press("#field", "Enter")
  await page.click("#button")
  await arrived("/widgets", "Sent", "Sent", "Pressed")
  expect(counted()[1]!.properties).toEqual({ plan: "pro" })
})

test("two projects on one page get each view and each event once", async () => {
  await page.goto(site.origin + "/two-projects")
  await vi.waitFor(() => expect(counted()).toHaveLength(2), { timeout: TIMEOUT })
  await page.evaluate(() => history.pushState(null, "", "/on"))
  await track("Called")
  await page.click("button")
  await vi.waitFor(() => expect(counted()).toHaveLength(8), { timeout: TIMEOUT })
  for (const key of ["ffw_key", "ffw_other"]) {
    const events = receiver.requests.filter(({ body }) => body.key === key).flatMap(({ body }) => body.events)
    const ids = new Map(events.map(({ id, name, url }) => [id, name ?? new URL(url).pathname]))
    expect([...ids.values()].toSorted()).toEqual(["/on", "/two-projects", "Both", "Called"])
  }
})

test("a refused key is told on the console in one line, a page of a file and a tag without a key too", async () => {
  const warnings: string[] = []
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()))
  const text = '{"detail":"Nobody has this key: it is mistyped or was revoked."}'
  receiver.answer = () => ({ status: 401, text })
  await page.goto(site.origin + "/")
  await vi.waitFor(() => expect(warnings).toEqual([`Footfall: ${receiver.origin}/v1/events 401 ${text}`]), { timeout: TIMEOUT })
  await track("More")
  await page.goto(site.origin + "/keyless")
  await vi.waitFor(() => expect(warnings).toHaveLength(2), { timeout: TIMEOUT })
  const folder = mkdtempSync(join(tmpdir(), "footfall-page-"))
  writeFileSync(join(folder, "index.html"), `<script src="${receiver.origin}/script.js" data-key="ffw_key"></script>`)
  await page.goto(pathToFileURL(join(folder, "index.html")).href)
  await track("Tried")
  await vi.waitFor(() => expect(warnings.slice(2)).toEqual(["Footfall: file: pages are not counted"]), { timeout: TIMEOUT })
  rmSync(folder, { recursive: true })
  errors = errors.filter((error) => !error.includes("401"))
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

test("an answer that asks for another try gets one, and a refused key is told on the console", async () => {
  const said: string[] = []
  page.on("console", (message) => message.type() === "warning" && said.push(message.text()))
  let asked = 0
  receiver.answer = () => ({ status: asked++ === 0 ? 408 : 202 })
  await page.goto(site.origin + "/")
  await arrived("/")
  receiver.answer = () => ({ status: 401 })
  await track("Refused")
  await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: TIMEOUT })
  expect(said[0]).toMatch(/^Footfall: \S+\/v1\/events 401/)
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
