import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { asPerson, launch, watch } from "../support/browser.ts"
import { startSite, type Site } from "../support/site.ts"
import { OWNER, SETUP_CODE } from "../support/world.ts"
import { Product } from "../support/product.ts"

describe("from nothing to the first number, as a newcomer does it", () => {
  let product: Product
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let site: Site | undefined
  let watched: ReturnType<typeof watch>

  beforeAll(async () => {
    product = await Product.start({ owner: false })
    browser = await launch()
    context = await browser.newContext({ timezoneId: "Europe/Berlin" })
    page = await context.newPage()
    watched = watch(page, [product.web.url])
  }, 90_000)

  afterAll(async () => {
    await browser?.close()
    await site?.stop()
    await product?.stop()
  })

  it("any page leads to the set-up of the owner, who is then signed in", async () => {
    await page.goto(`${product.web.url}/new`)
    await page.waitForURL("**/setup*")
    await page.getByLabel("Set-up code").fill("a guess")
    await page.getByLabel("Your name").fill(OWNER.name)
    await page.getByLabel("E-mail").fill(OWNER.email)
    await page.getByLabel("Password", { exact: true }).fill("short")
    await page.getByRole("button", { name: "Create owner account" }).click()
    expect(page.url()).toContain("/setup")
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password)
    await page.getByRole("button", { name: "Create owner account" }).click()
    await expect.poll(() => page.getByText("Wrong set-up code.").count()).toBe(1)
    expect(await page.getByLabel("Your name").inputValue()).toBe(OWNER.name)

    // The link that a newcomer gets printed, pasted into this very tab: only what is behind "#" changes.
    await page.goto(`${product.web.url}/setup#code=${SETUP_CODE}`)
    await page.getByTestId("code-known").waitFor()
    expect(page.url()).not.toContain(SETUP_CODE)
    // And in a tab of its own, by whatever page it leads to.
    await page.goto(`${product.web.url}/#code=${SETUP_CODE}`)
    await page.waitForURL("**/setup*")
    await page.getByTestId("code-known").waitFor()
    expect(await page.getByLabel("Set-up code").count()).toBe(0)
    expect(page.url()).not.toContain(SETUP_CODE)
    await page.getByLabel("Your name").fill(OWNER.name)
    await page.getByLabel("E-mail").fill(OWNER.email)
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password)
    await page.getByRole("button", { name: "Create owner account" }).click()
    await page.waitForURL((url) => !url.pathname.startsWith("/setup"))
    const cookie = (await context.cookies()).find(({ name }) => name === `footfall_session_${new URL(product.web.url).port}`)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" })
  })

  it("a project is created in the time zone of the browser, and the install page waits", async () => {
    await page.goto(`${product.web.url}/new`)
    await page.getByLabel("Name", { exact: true }).fill('A "shop" & more')
    await expect.poll(() => page.getByLabel("Time zone").inputValue()).toBe("Europe/Berlin")
    await page.getByRole("button", { name: "Create project" }).click()
    await page.waitForURL("**/install")
    expect(await page.getByTestId("first-event").getAttribute("data-state")).toBe("waiting")
    expect(await page.getByTestId("limit").textContent()).toContain("on this computer only")
    const [deploy] = await Promise.all([
      page.request.get(`${product.web.url}/deploy.md`).then((answer) => answer.text()),
      page.getByText("Not working?").click(),
    ])
    expect(deploy).toContain("# A real site")
    expect(await page.getByTestId("checklist").innerText()).toMatch(
      /Console[^]*Ad blocker[^]*data-key must be ffw_[^]*file:[^]*localhost[^]*Bots/,
    )
  })

  it("a bot's page view leaves the install page waiting, and it says so", async () => {
    const snippet = (await page.getByTestId("snippet").textContent()) ?? ""
    const authorization = `Bearer ${/data-key="([^"]+)"/.exec(snippet)?.[1]}`
    const sent = await fetch(`${product.world.ingest.url}/v1/events`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json", "user-agent": "curl/8.14.1" },
      body: JSON.stringify({ events: [{ kind: "pageview", url: "https://example.com/hello" }] }),
    })
    expect(sent.status).toBe(202)
    await expect
      .poll(() => page.getByTestId("bots").textContent())
      .toMatch(/A bot's event was set aside .*What gave it away: user agent: curl/)
    expect(await page.getByTestId("first-event").getAttribute("data-state")).toBe("waiting")
  })

  it("a page with the pasted snippet is opened, and the install page flips by itself", async () => {
    const snippet = await page.getByTestId("snippet").textContent()
    site = await startSite(snippet ?? "")
    const visitor = await (await browser.newContext(asPerson)).newPage()
    const answered = visitor.waitForResponse((response) => response.url().endsWith("/v1/events"))
    await visitor.goto(`${site.origin}/landing?utm_source=newsletter`, { referer: "https://news.ycombinator.com/" })
    expect((await answered).status()).toBe(202)
    const accepted = performance.now()
    await page.locator('[data-testid=first-event][data-state="arrived"]').waitFor({ timeout: 10_000 })
    console.info(`202 to the flipped install page: ${Math.round(performance.now() - accepted)} ms`)
    expect(await page.getByTestId("first-event").textContent()).toContain("/landing")
    const bought = visitor.waitForResponse((response) => response.request().postData()?.includes("purchase") ?? false)
    await visitor.click("#spa")
    await visitor.click("#buy")
    expect((await bought).status()).toBe(202)
    await visitor.close()
  })

  it("the dashboard counts one visitor, two page views, the custom event, and where they came from", async () => {
    await page.getByRole("link", { name: "Open the dashboard" }).click()
    await page.getByTestId("overview").waitFor()
    const value = (metric: string) => page.getByTestId(`kpi-${metric}`).getByTestId("value").textContent()
    const shows = async (card: string, text: string) => (await page.getByTestId(`card-${card}`).textContent())?.includes(text)
    await expect
      .poll(
        async () => {
          await page.reload({ waitUntil: "networkidle" })
          return {
            visitors: await value("visitors"),
            visits: await value("visits"),
            pageviews: await value("pageviews"),
            purchase: await shows("events", "purchase"),
          }
        },
        { timeout: 15_000, interval: 500 },
      )
      .toEqual({ visitors: "1", visits: "1", pageviews: "2", purchase: true })
    await expect.poll(() => shows("pages", "/landing")).toBe(true)
    await expect.poll(() => shows("pages", "/cart")).toBe(true)
    await expect.poll(() => shows("sources", "Newsletter")).toBe(true)
    await expect.poll(() => shows("devices", "Chrome")).toBe(true)
  })

  it("a row filters, is a link, and can be taken back", async () => {
    await page
      .getByTestId("card-pages")
      .getByRole("link", { name: /\/cart/ })
      .click()
    await page.waitForURL("**page**cart**")
    await expect.poll(() => page.getByTestId("kpi-pageviews").getByTestId("value").textContent()).toBe("1")
    await page.getByRole("link", { name: /Remove filter/ }).click()
    await expect.poll(() => page.getByTestId("kpi-pageviews").getByTestId("value").textContent()).toBe("2")
    await page.goBack()
    await expect.poll(() => page.getByTestId("kpi-pageviews").getByTestId("value").textContent()).toBe("1")
  })

  it("signing out ends the session for good, and signing in again shows a wrong password politely", async () => {
    const cookies = await context.cookies()
    await page.goto(`${product.web.url}/`)
    await page.getByRole("button", { name: "Account and appearance" }).click()
    await page.getByRole("button", { name: "Sign out", exact: true }).click()
    await page.waitForURL("**/login*")
    const thief = await browser.newContext()
    await thief.addCookies(cookies)
    const stolen = await thief.newPage()
    await stolen.goto(`${product.web.url}/`)
    expect(stolen.url()).toContain("/login")
    await thief.close()
    await page.getByLabel("E-mail").fill(OWNER.email)
    await page.getByLabel("Password", { exact: true }).fill("wrong password")
    await page.getByRole("button", { name: "Sign in" }).click()
    await expect.poll(() => page.getByTestId("form-message").textContent()).not.toBe("")
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password)
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.waitForURL((url) => !url.pathname.startsWith("/login"))
  })

  it("signing in again ends the session that the browser had, and signing out everywhere ends those of all browsers", async () => {
    const { name = "", value = "" } = (await context.cookies()).find((cookie) => cookie.name.startsWith("footfall_session")) ?? {}
    const isOver = async (token: string) =>
      (await fetch(`${product.world.query.url}/v1/sessions/current`, { headers: { authorization: `Bearer ${token}` } })).status === 401
    const signIn = async (cookie: string) => {
      const answer = await fetch(`${product.web.url}/login`, {
        method: "POST",
        redirect: "manual",
        headers: { origin: product.web.url, accept: "text/html", cookie },
        body: new URLSearchParams({ email: OWNER.email, password: OWNER.password }),
      })
      return new RegExp(`${name}=([^;]+)`).exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? ""
    }
    const first = await signIn("")
    const second = await signIn(`${name}=${first}`)
    expect([await isOver(first), await isOver(second), await isOver(value)]).toEqual([true, false, false])
    await page.goto(`${product.web.url}/`)
    await page.getByRole("button", { name: "Account and appearance" }).click()
    await page.getByRole("button", { name: "Sign out everywhere" }).click()
    await page.waitForURL("**/login*")
    expect([await isOver(second), await isOver(value)]).toEqual([true, true])
  })

  it("a cookie of no session leads to the sign-in page and leaves nothing in the log; a form that is too large is refused as that", async () => {
    const before = product.web.log.length
    const cookie = `footfall_session_${new URL(product.web.url).port}=${"a".repeat(32)}`
    const get = (path: string, method = "GET") => fetch(`${product.web.url}${path}`, { method, redirect: "manual", headers: { cookie } })
    await Promise.all(
      ["/x/__data.json", "/0", "/281474976710655/__data.json", "/281474976710655"].flatMap((path) => [
        get(path),
        get(path, "HEAD"),
        get(path),
      ]),
    )
    const large = await fetch(`${product.web.url}/login`, {
      method: "POST",
      headers: { origin: product.web.url, accept: "text/html" },
      body: new URLSearchParams({ email: "a", password: "x".repeat(10_000_000) }),
    })
    expect(large.status).toBe(413)
    expect(product.web.log.slice(before)).not.toMatch(/stack|error/i)
  })

  it("nothing of all this wrote an error to the console or asked a third party", () => {
    const expected = /status of 40[013]/
    expect(watched.faults.filter((fault) => !expected.test(fault))).toEqual([])
  })
})
