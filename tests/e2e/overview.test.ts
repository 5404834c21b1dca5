import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { toWire, traffic } from "../support/traffic.ts"
import { Dashboard, focused, keyNumber } from "./dashboard.ts"

const answered = (page: Page) => expect.poll(() => page.getByTestId("overview").getAttribute("aria-busy")).toBe("false")

describe("the overview", () => {
  let dashboard: Dashboard

  beforeAll(async () => {
    dashboard = await Dashboard.start()
  }, 120_000)

  afterAll(() => dashboard?.stop())

  it("shows a visit while it is open, without asking for everything in between", async () => {
    const { product, project } = dashboard
    const { context, page } = await dashboard.overview("?p=today")
    const before = Number(await keyNumber(page, "visitors"))
    const asked = { online: 0, overview: 0 }
    page.on("request", (request) => {
      const [what] = /(?<=\/)(online|overview)\b/.exec(request.url()) ?? []
      if (what === "online" || what === "overview") asked[what]++
    })
    await expect.poll(() => asked.online).toBeGreaterThan(2)
    expect(asked.overview).toBe(0)
    const [visit] = traffic({ seed: 77, visitors: 1, from: Date.now() - 2_000, to: Date.now() - 1_000 })
    const sent = performance.now()
    expect((await product.world.send([toWire(visit!)], project.secretKey)).status).toBe(202)
    await expect.poll(() => keyNumber(page, "visitors").then(Number), { interval: 50 }).toBe(before + 1)
    console.info(`a visit to the open dashboard: ${Math.round(performance.now() - sent)} ms`)
    await context.close()
  })

  it("asks for a card that failed alone", async () => {
    const { context, page } = await dashboard.overview("", { clock: true })
    const failure = { status: 503, title: "Unavailable", detail: "The warehouse is busy.", errors: [] }
    await page.route(/\/overview\b/, async (route) => {
      const answer = await route.fetch()
      const overview = await answer.json()
      overview.cards.devices.answer = { ok: false, failure }
      await route.fulfill({ response: answer, json: overview })
    })
    await page.keyboard.press("w")
    await page.waitForURL("**p=7d**")
    await expect.poll(() => page.getByTestId("trouble").count()).toBe(1)
    const asked: Array<string> = []
    page.on("request", (request) => asked.push(/\/(overview|breakdown)\b/.exec(request.url())?.[1] ?? ""))
    await page.clock.fastForward(5_000)
    await expect.poll(() => page.getByTestId("trouble").count()).toBe(0)
    expect(asked.filter(Boolean)).toEqual(["breakdown"])
    await context.close()
  })

  it("says in words that it loads, and which numbers are still shown", async () => {
    const { context, page } = await dashboard.overview("")
    const before = await keyNumber(page, "visitors")
    let go = () => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    await page.route(/\/overview\b/, async (route) => {
      await held
      await route.continue()
    })
    await page.keyboard.press("d")
    await expect
      .poll(() => page.getByTestId("loading").textContent())
      .toMatch(/Loading “Today”… The numbers below are still for “Last 30 days”/)
    expect(await keyNumber(page, "visitors")).toBe(before)
    go()
    await expect.poll(() => page.getByTestId("loading").count()).toBe(0)
    await context.close()
  })

  it("compares with nothing before the project began, and says so once", async () => {
    // The project is twenty days old.
    const { context, page } = await dashboard.overview("?p=30d")
    expect(await page.getByTestId("no-comparison").textContent()).toMatch(/^No data before /)
    expect(await page.getByTestId("card-pages").getByText("Change", { exact: true }).count()).toBe(0)
    expect(await page.getByText("new", { exact: true }).count()).toBe(0)
    expect(await page.locator("main svg path.stroke-prev[d^=M]").count()).toBe(0)
    await page.keyboard.press("w")
    await page.waitForURL("**p=7d**")
    await answered(page)
    expect(await page.getByTestId("no-comparison").count()).toBe(0)
    expect(await page.getByTestId("card-pages").getByText("Change", { exact: true }).count()).toBe(1)
    await context.close()
  })

  it("takes two values of a dimension as alternatives, and names what is no filter", async () => {
    const visitors = async (search: string) => {
      const { context, page } = await dashboard.overview(search)
      const number = Number(await keyNumber(page, "visitors"))
      await context.close()
      return number
    }
    const each = [await visitors("?f=country:is:DE"), await visitors("?f=country:is:US")]
    const { context, page } = await dashboard.overview("?f=country:is:DE&f=country:is:US&f=page:contains:blog")
    expect(Number(await keyNumber(page, "visitors"))).toBeGreaterThan(Math.max(...each))
    expect(await page.getByTestId("filters").getByRole("listitem").allTextContents()).toEqual([
      expect.stringMatching(/Germany or United States/),
    ])
    expect(await page.getByTestId("ignored").textContent()).toContain("page:contains:blog")
    await page.getByRole("link", { name: "Remove from the address" }).click()
    await expect.poll(() => page.getByTestId("ignored").count()).toBe(0)
    await page.getByRole("link", { name: "Country is Germany or United States: change to is not" }).press("Enter")
    await expect.poll(() => page.getByTestId("filters").getByRole("listitem").count()).toBe(2)
    expect(await focused(page)).toBe("Country is not Germany: change to is")
    await context.close()
  })

  it("lists what the chosen number counts, and explains each number to a finger", async () => {
    const { context, page } = await dashboard.overview("?p=30d", { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })
    await page.getByTestId("kpi-pageviews").tap()
    await page.waitForURL("**m=pageviews**")
    const card = page.getByTestId("card-pages")
    await expect.poll(() => card.getByText("Page views", { exact: true }).count()).toBe(1)
    const counts = (await card.getByRole("listitem").allTextContents()).map((text) =>
      Number(/([\d,]+) page views$/.exec(text.trim())?.[1]?.replace(",", "")),
    )
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    await page.getByRole("button", { name: "What bounce rate means" }).tap()
    expect(await page.getByRole("dialog", { name: "Bounce rate: what it means" }).textContent()).toContain("exactly one page view")
    await context.close()
  })

  it("takes letters while the chart has the focus, and steps from one period to the next", async () => {
    const { context, page } = await dashboard.overview("?p=7d")
    await page.getByTestId("chart").click()
    await page.keyboard.press("t")
    await page.waitForURL((url) => !url.searchParams.has("p"))
    await page.getByRole("link", { name: "One period earlier" }).click()
    await page.waitForURL("**from=**")
    await page.getByRole("link", { name: "One period later" }).click()
    await answered(page)
    await page.keyboard.press("a")
    await page.waitForURL("**p=all**")
    await answered(page)
    // Twenty days of data: not thirty, of which ten are empty.
    expect(await page.getByTestId("chart").getAttribute("aria-valuemax")).toMatch(/^(19|20)$/)
    await context.close()
  })

  it("keeps the period when the project is switched, and the project where a page is missing", async () => {
    const { data: other } = await dashboard.product.world.management.POST("/v1/projects", {
      body: { name: "Overland-Handelsgesellschaft-fuer-Schrauben-und-Muttern-und-anderes-mehr-in-Oberbayern", timeZone: "UTC" },
    })
    const { context, page } = await dashboard.overview("?p=7d&f=country:is:DE")
    await page.getByRole("button", { name: "Test" }).click()
    await page.getByRole("link", { name: /^Overland/ }).click()
    await page.waitForURL(`**/${other?.id}?p=7d`)
    await page.setViewportSize({ width: 390, height: 700 })
    await page.goto(`${dashboard.url}/`)
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    await page.goto(`${dashboard.url}/${dashboard.project.id}/nope`)
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Page not found")
    expect(await page.locator("header").textContent()).toContain("Test")
    await page.goto(`${dashboard.url}/123`)
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("No such project")
    await context.close()
  })

  it("says all that is wrong with a new project at once, and forgets it when it is corrected", async () => {
    const { context, page } = await dashboard.open("/new")
    await page.getByLabel("Name", { exact: true }).fill("Two mistakes")
    await page.getByLabel("Domain").fill("not a domain")
    await page.getByLabel("Time zone").fill("Berlin")
    await page.getByRole("button", { name: "Create project" }).click()
    await expect.poll(() => page.getByText("Enter a domain such as example.com.").count()).toBe(1)
    expect(await page.getByText("Did you mean Europe/Berlin?").count()).toBe(1)
    await page.getByLabel("Domain").fill("example.com")
    expect(await page.getByLabel("Domain").getAttribute("aria-invalid")).toBeNull()
    expect(await page.getByLabel("Time zone").getAttribute("aria-invalid")).toBe("true")
    await context.close()
  })
})
