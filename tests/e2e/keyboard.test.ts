import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Dashboard, focused, keyNumber } from "./dashboard.ts"

const scrolled = (page: Page): Promise<number> => page.evaluate("scrollY")

/** Waits until the numbers are those of the address. */
const answered = (page: Page) => expect.poll(() => page.getByTestId("overview").getAttribute("aria-busy")).toBe("false")

describe("who uses the dashboard by keyboard", () => {
  let dashboard: Dashboard

  beforeAll(async () => {
    dashboard = await Dashboard.start()
  }, 120_000)

  afterAll(() => dashboard?.stop())

  it("stays where they are when they choose a tab, a number or a row", async () => {
    const { context, page } = await dashboard.overview("", { viewport: { width: 1280, height: 600 } })
    const tab = page.getByRole("tab", { name: "Browsers" })
    await tab.focus()
    const place = await scrolled(page)
    expect(place).toBeGreaterThan(0)
    await page.keyboard.press("ArrowRight")
    await page.waitForURL("**devices=os**")
    await expect.poll(() => page.getByTestId("card-devices").textContent()).toContain("Linux")
    expect(await focused(page)).toBe("Operating systems")
    expect(await scrolled(page)).toBe(place)

    const row = page.getByTestId("card-devices").getByRole("link", { name: /^Linux/ })
    await row.focus()
    await page.keyboard.press("Enter")
    await page.waitForURL("**f=os**")
    await answered(page)
    expect(await focused(page)).toContain("Linux")
    // The row of filters pushes the page down, and the browser scrolls along.
    expect(await scrolled(page)).toBeGreaterThanOrEqual(place)

    await page.getByTestId("kpi-visits").focus()
    await page.keyboard.press("Enter")
    await page.waitForURL("**m=visits**")
    expect(await focused(page)).toContain("Visits")
    await context.close()
  })

  it("keeps the focus on a filter that they turn round, and gets to the next one when they remove it", async () => {
    const { context, page } = await dashboard.overview("?f=country:is:DE&f=os:is:Linux")
    await page.getByRole("link", { name: "Country is Germany: change to is not" }).press("Enter")
    await expect.poll(() => focused(page)).toBe("Country is not Germany: change to is")
    await page.getByRole("link", { name: "Remove filter Country is not Germany" }).press("Enter")
    await expect.poll(() => focused(page)).toBe("Remove filter Operating system is Linux")
    await page.keyboard.press("Enter")
    await expect.poll(() => focused(page)).toBe("Last 30 days")
    await context.close()
  })

  it("gets from a row of the details to its filter", async () => {
    const { context, page } = await dashboard.overview("?d=country")
    await page.getByRole("dialog").getByRole("link", { name: "Germany" }).press("Enter")
    await expect.poll(() => focused(page)).toBe("Country is Germany: change to is not")
    expect(await page.getByRole("dialog").count()).toBe(0)
    await context.close()
  })

  it("gets into the periods with C, and out of them with Escape", async () => {
    const { context, page } = await dashboard.overview()
    await page.keyboard.press("c")
    const panel = page.getByRole("dialog", { name: "Period and comparison" })
    await panel.waitFor()
    expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("Period and comparison")
    await page.keyboard.press("Tab")
    expect(await focused(page)).toContain("Today")
    await page.keyboard.press("Escape")
    await panel.waitFor({ state: "hidden" })
    expect(await focused(page)).toBe("Last 30 days")
    await context.close()
  })

  it("closes the periods with a range of their own", async () => {
    const { context, page } = await dashboard.overview()
    await page.getByRole("button", { name: "Last 30 days" }).click()
    const panel = page.getByRole("dialog", { name: "Period and comparison" })
    const today = await panel.locator("input[name=to]").inputValue()
    await panel.locator("input[name=from]").fill(today)
    await panel.getByRole("button", { name: "Apply" }).click()
    await page.waitForURL(`**from=${today}**`)
    await panel.waitFor({ state: "hidden" })

    await page.getByTestId("period").click()
    const first = panel.locator("[data-bits-day]:not([data-outside-month])").first()
    await first.click()
    // Half a range: the first day stands in its field, and the last one is asked for.
    expect(await panel.locator("input[name=from]").inputValue()).toMatch(/-01$/)
    expect(await panel.locator("input[name=to]").inputValue()).toBe("")
    expect(await panel.getByText("choose the last day").isVisible()).toBe(true)
    await first.click()
    await panel.waitFor({ state: "hidden" })
    await page.waitForURL((url) => url.searchParams.get("from")?.endsWith("-01") ?? false)
    await context.close()
  })

  it("never has the focus under the header, however many filters there are", async () => {
    const filters = "?f=country:is:DE&f=os:is:Linux&f=browser:is:Firefox&f=page:is_not:/docs&f=source:is_not:Google"
    const { context, page } = await dashboard.overview(filters, { viewport: { width: 375, height: 667 } })
    await page.locator("footer a").last().focus()
    const covered: Array<string> = []
    for (let stop = 0; stop < 80; stop++) {
      await page.keyboard.press("Shift+Tab")
      const under = await page.evaluate(`(() => {
        const at = document.activeElement
        if (at === document.body || at.closest("header, [href='#main']")) return false
        return at.getBoundingClientRect().bottom <= document.querySelector("header").getBoundingClientRect().bottom + 1
      })()`)
      if (under === true) covered.push(await focused(page))
    }
    expect(covered).toEqual([])
    const share = await page.evaluate<number>("document.querySelector('header').offsetHeight / innerHeight")
    expect(share).toBeLessThan(0.3)
    await page.setViewportSize({ width: 640, height: 450 })
    expect(await page.evaluate("getComputedStyle(document.querySelector('header')).position")).toBe("static")
    await context.close()
  })

  it("hears what they asked and how many visitors answer it, once they are there", async () => {
    const { context, page } = await dashboard.overview("?p=7d")
    const said = () => page.getByTestId("said").textContent()
    expect(await said()).toBe("")
    await page
      .getByTestId("card-locations")
      .getByRole("link", { name: /^Germany/ })
      .press("Enter")
    await expect.poll(said).toMatch(/^Country is Germany, last 7 days: \d+ visitors$/)
    expect(await said()).toContain(`: ${await keyNumber(page, "visitors")} visitors`)
    expect(await page.title()).toBe("Test · Country is Germany, last 7 days · Footfall")
    await page.keyboard.press("x")
    await expect.poll(said).toContain("compared with the previous year")
    await page.keyboard.press("d")
    await expect.poll(said).toContain("today")
    await context.close()
  })
})
