import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Dashboard, keyNumber } from "./dashboard.ts"

/** A computed style of the first element that a selector finds. */
const style = (page: Page, selector: string, name: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue(${JSON.stringify(name)})`)

/** The background of a page whose colours Chromium is told to force. */
const CANVAS = "rgb(255, 255, 255)"

describe("what the dashboard shows can be read", () => {
  let dashboard: Dashboard

  beforeAll(async () => {
    dashboard = await Dashboard.start()
  }, 120_000)

  afterAll(() => dashboard?.stop())

  it("by touch: what a finger points at in the chart stays when it is lifted", async () => {
    const { context, page } = await dashboard.overview("?p=30d", { hasTouch: true, isMobile: true, viewport: { width: 375, height: 800 } })
    const chart = page.getByTestId("chart")
    await chart.scrollIntoViewIfNeeded()
    await chart.tap()
    const now = () => chart.getAttribute("aria-valuetext")
    expect(await now()).toMatch(/\d{4}: \d/)
    await page.getByTestId("range").tap()
    expect(await now()).toContain("use the arrow keys")
    await context.close()
  })

  it("where colours are forced: what is chosen and what can be pressed still differ", async () => {
    const { context, page } = await dashboard.overview("", { forcedColors: "active" })
    expect(await style(page, "[role=tab][aria-selected=true]", "border-bottom-width")).toBe("4px")
    expect(await style(page, "[role=tab][aria-selected=false]", "border-bottom-width")).toBe("0px")
    expect(await style(page, "[data-testid=kpi-visitors] > span", "border-bottom-width")).toBe("4px")
    const dot = await style(page, "[data-testid=online] span span:last-child", "background-color")
    expect(dot).not.toBe(CANVAS)
    expect(
      await page.evaluate("[...document.querySelectorAll('main i')].every((one) => parseFloat(getComputedStyle(one).borderTopWidth) > 0)"),
    ).toBe(true)
    await page.goto(`${dashboard.url}/new`)
    expect(await style(page, ".btn-primary", "border-top-width")).toBe("1px")
    await context.close()
  })

  it("at 320 pixels: names have room, and the details wrap them", async () => {
    const { context, page } = await dashboard.overview("?pages=entry_page", { viewport: { width: 320, height: 800 } })
    const label = page.getByTestId("card-pages").locator("li a span").first()
    expect((await label.boundingBox())?.width).toBeGreaterThan(110)
    expect(await page.getByTestId("card-pages").getByText("Share", { exact: true }).isVisible()).toBe(false)
    await page.getByRole("link", { name: "Entry pages: all rows" }).click()
    await page.getByRole("dialog").getByRole("row").nth(1).waitFor()
    const cut = await page.evaluate(
      "[...document.querySelectorAll('dialog th a span')].filter((one) => one.scrollWidth > one.clientWidth + 1).length",
    )
    expect(cut).toBe(0)
    await context.close()
  })

  it("leaves no hole between the key numbers at 720 pixels", async () => {
    const { context, page } = await dashboard.overview("", { viewport: { width: 720, height: 900 } })
    const right = async (testId: string) => {
      const box = await page.getByTestId(testId).boundingBox()
      return Math.round((box?.x ?? 0) + (box?.width ?? 0))
    }
    // The last of each row ends where the other one does.
    expect(await right("kpi-visitDuration")).toBe(await right("kpi-pageviews"))
    await context.close()
  })

  it("has all of the period menu in a low window", async () => {
    for (const [width, height] of [
      [390, 664],
      [720, 500],
    ] as const) {
      const { context, page } = await dashboard.overview("", { viewport: { width, height } })
      await page.keyboard.press("c")
      const apply = page.getByRole("button", { name: "Apply" })
      await apply.scrollIntoViewIfNeeded()
      const box = await apply.boundingBox()
      expect((box?.y ?? height) + (box?.height ?? 0), `${width} x ${height}`).toBeLessThanOrEqual(height)
      await context.close()
    }
  })

  it("moves nothing for people who ask for less motion", async () => {
    const { context, page } = await dashboard.overview("", { reducedMotion: "reduce" })
    expect(await page.evaluate("document.getAnimations().filter(({ playState }) => playState === 'running').length")).toBe(0)
    await context.close()
  })

  it("has its footer at the lower edge of a page that is short", async () => {
    const { context, page } = await dashboard.open(`/${dashboard.project.id}/nowhere`, { viewport: { width: 1280, height: 900 } })
    const box = await page.locator("footer").boundingBox()
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(900)
    await context.close()
  })

  it("breaks no word in a narrow list of details, and keeps the heads of a table apart", async () => {
    const { context, page } = await dashboard.overview("?d=country", { viewport: { width: 390, height: 800 } })
    await page.getByRole("dialog").getByRole("row").nth(1).waitFor()
    // Each word of the names, and over how many lines it goes.
    const words = await page.evaluate(`[...document.querySelectorAll("dialog tbody th a")].flatMap((link) => {
      const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT)
      const found = []
      while (texts.nextNode())
        for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s/-]+/g)) {
          const place = document.createRange()
          place.setStart(texts.currentNode, index)
          place.setEnd(texts.currentNode, index + word.length)
          found.push([word, place.getClientRects().length])
        }
      return found
    })`)
    expect((words as ReadonlyArray<unknown>).length).toBeGreaterThan(3)
    expect((words as ReadonlyArray<readonly [string, number]>).filter(([, lines]) => lines > 1)).toEqual([])
    await page.keyboard.press("Escape")
    await page.getByText("View as table").click()
    const gaps = await page.evaluate(`(() => {
      const heads = [...document.querySelectorAll("details[open] thead th")].map((head) => {
        const text = document.createRange()
        text.selectNodeContents(head)
        return text.getBoundingClientRect()
      })
      return heads.slice(1).map((head, place) => head.left - heads[place].right)
    })()`)
    expect((gaps as ReadonlyArray<number>).length).toBeGreaterThan(0)
    for (const gap of gaps as ReadonlyArray<number>) expect(gap).toBeGreaterThan(7)
    await context.close()
  })

  it("has no target below 24 pixels, apart from links within a sentence", async () => {
    for (const width of [1280, 320]) {
      const { context, page } = await dashboard.overview("?f=country:is:DE&f=os:is_not:Linux", { viewport: { width, height: 800 } })
      const small = await page.evaluate(`[...document.querySelectorAll("a, button, summary, [role=tab]")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("footer > span:first-child") && !one.matches("[href='#main']"))
        .map((one) => [one.getBoundingClientRect(), one.ariaLabel ?? one.textContent.trim()])
        .filter(([box]) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(([box, name]) => name + " " + Math.round(box.width) + "x" + Math.round(box.height))`)
      expect({ width, small }).toEqual({ width, small: [] })
      await context.close()
    }
  })

  it("says that the filters are to blame where they leave nothing", async () => {
    const { context, page } = await dashboard.overview("?f=page:is:/nowhere")
    expect(await page.getByTestId("nothing").getAttribute("data-cause")).toBe("filters")
    expect(await page.getByTestId("nothing").textContent()).toContain("Nothing matches this filter")
    // Said once: neither six more sentences nor an axis from 0 to 4.
    expect(await page.getByTestId("card-pages").count()).toBe(0)
    expect(await page.getByTestId("chart").count()).toBe(0)
    await context.close()
  })

  it("takes a range that cannot be asked for as none", async () => {
    const { context, page } = await dashboard.overview("?from=2999-12-30&to=2999-12-31")
    expect(await page.getByTestId("failure").count()).toBe(0)
    expect(await page.getByTestId("period").textContent()).toBe("Last 30 days")
    await context.close()
  })

  it("shows every share of the same visitors, and explains why they need not add up", async () => {
    const { context, page } = await dashboard.overview()
    const all = Number(await keyNumber(page, "visitors"))
    for (const card of ["events", "pages", "locations"]) {
      const row = page.getByTestId(`card-${card}`).getByRole("listitem").first()
      const [share, visitors] = (await row.locator("a > span").allTextContents()).slice(-2)
      const expected = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 }).format(
        parseInt(visitors ?? "", 10) / all,
      )
      expect({ card, share }).toEqual({ card, share: expected })
    }
    await page.getByTestId("card-events").getByRole("button", { name: "About the columns of events" }).click()
    expect(await page.getByRole("dialog", { name: "About the columns of events" }).textContent()).toContain("all visitors of the period")
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await expect.poll(() => page.getByRole("dialog", { name: "Help" }).textContent()).toContain("all visitors of the period")
    await context.close()
  })

  it("draws in a sparkline what the chart draws, and says which range is compared with", async () => {
    const { context, page } = await dashboard.overview("?p=7d")
    const dashes = await page
      .getByTestId("kpi-visitors")
      .locator("svg path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("stroke-dasharray")))
    expect(dashes).toEqual([null, "2 3"])
    expect(await page.getByLabel("Key numbers", { exact: true }).textContent()).toContain("compared with ")
    await context.close()
  })

  it("writes a domain as people do, and a hint or its error but not both", async () => {
    const { context, page } = await dashboard.open("/new")
    await page.getByLabel("Name", { exact: true }).fill("München")
    await page.getByLabel("Domain").fill("https://münchen.de./stadt")
    await page.getByLabel("Time zone").fill("Europe/Nowhere")
    await page.getByRole("button", { name: "Create project" }).click()
    const zone = page.getByLabel("Time zone")
    await expect.poll(() => zone.getAttribute("aria-invalid")).toBe("true")
    expect(await page.getByText("Days run midnight to midnight").count()).toBe(0)
    expect(await page.getByText(/^Enter a time zone/).textContent()).toMatch(/\.$/)
    await zone.fill("Europe/Berlin")
    await page.getByRole("button", { name: "Create project" }).click()
    await page.waitForURL("**/install")
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Install on münchen.de")
    await context.close()
  })
})
