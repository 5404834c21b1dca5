import { freePort } from "@footfall/local/ports"
import { createManagementClient } from "@footfall/sdk/api"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ServiceProcess } from "../support/process.ts"
import { Dashboard, keyNumber, type Opened } from "./dashboard.ts"

const NUMBERS = /\/overview\b/

const trouble = (page: Page) => page.getByTestId("trouble")

describe("when something fails, the dashboard", () => {
  let dashboard: Dashboard

  beforeAll(async () => {
    dashboard = await Dashboard.start()
  }, 120_000)

  afterAll(() => dashboard?.stop())

  it("keeps its numbers when they cannot be refreshed, says so in one place, and recovers by itself", async () => {
    const { context, page } = await dashboard.overview("", { clock: true })
    const before = await keyNumber(page, "visitors")
    await page.route(NUMBERS, (route) => route.abort())
    await page.clock.fastForward(61_000)
    await expect.poll(() => page.getByRole("status").filter({ hasText: "Couldn't refresh" }).count()).toBe(1)
    expect(await trouble(page).count()).toBe(1)
    expect(await page.getByRole("alert").filter({ hasText: /\S/ }).count()).toBe(0)
    expect(await keyNumber(page, "visitors")).toBe(before)
    expect(await page.getByTestId("card-pages").getByRole("listitem").count()).toBeGreaterThan(2)
    await page.unroute(NUMBERS)
    await page.clock.fastForward(6_000)
    await expect.poll(() => trouble(page).count()).toBe(0)
    expect(await keyNumber(page, "visitors")).toBe(before)
    await context.close()
  })

  it("keeps what is typed when the numbers are refreshed", async () => {
    const { context, page } = await dashboard.overview("", { clock: true })
    await page.getByTestId("period").click()
    await page.getByLabel("From").fill("2026-01-02")
    const refreshed = page.waitForResponse(NUMBERS)
    await page.clock.fastForward(61_000)
    await (await refreshed).finished()
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    expect(await page.getByLabel("From").inputValue()).toBe("2026-01-02")
    await context.close()
  })

  /** Query anew at the place of the one that was stopped; the world ends it. */
  const startQuery = async (env: Readonly<Record<string, string>> = {}, ready = true): Promise<void> => {
    const { world } = dashboard.product
    const { port } = new URL(world.query.url)
    Object.assign(world, { query: await ServiceProcess.start("query", { ...world.env, ...env, PORT: port }, { ready }) })
  }

  it("keeps the view before when query is gone at a click, and shows the new one when it is back", async () => {
    const { context, page } = await dashboard.overview("?p=30d")
    const before = await keyNumber(page, "visitors")
    await dashboard.product.world.query.stop("SIGKILL")
    try {
      await page
        .getByTestId("card-locations")
        .getByRole("link", { name: /^Germany/ })
        .click()
      await expect
        .poll(() => page.getByRole("alert").filter({ hasText: "The numbers below are still for “Last 30 days”." }).count())
        .toBe(1)
      expect(await page.getByRole("alert").filter({ hasText: /\S/ }).count()).toBe(1)
      expect(await keyNumber(page, "visitors")).toBe(before)
      expect(await page.getByTestId("filters").textContent()).toContain("Germany")
      // The tab that is chosen already is a link to the very view; it must not leave it.
      await page.getByRole("tab", { name: "Browsers" }).click()
      expect(await keyNumber(page, "visitors")).toBe(before)
    } finally {
      await startQuery()
    }
    await expect.poll(() => trouble(page).count()).toBe(0)
    await expect.poll(() => keyNumber(page, "visitors")).not.toBe(before)
    expect(await page.getByTestId("said").textContent()).toContain("Country is Germany")
    await context.close()
  })

  it("tells a new tab that it waits while query is frozen, and shows the page when it goes on", async () => {
    const { pid } = dashboard.product.world.query
    const context = await dashboard.browser.newContext()
    await context.addCookies(dashboard.cookies)
    const page = await context.newPage()
    process.kill(pid, "SIGSTOP")
    try {
      await page.goto(`${dashboard.url}/${dashboard.project.id}`, { waitUntil: "commit" })
      await page.getByRole("heading", { name: "Loading…" }).waitFor()
    } finally {
      process.kill(pid, "SIGCONT")
    }
    await page.getByTestId("kpi-visitors").waitFor()
    await context.close()
  })

  it("says once that there are no numbers when the warehouse is gone, and gets them when it is back", async () => {
    await dashboard.product.world.query.stop("SIGKILL")
    // A port where nobody listens.
    await startQuery({ CLICKHOUSE_URL: `http://127.0.0.1:${await freePort()}` }, false)
    let opened: Opened
    try {
      await expect
        .poll(() =>
          fetch(`${dashboard.product.world.query.url}/health/live`).then(
            ({ ok }) => ok,
            () => false,
          ),
        )
        .toBe(true)
      opened = await dashboard.overview()
      const { page } = opened
      expect(await page.getByRole("alert").filter({ hasText: /\S/ }).count()).toBe(1)
      expect(await page.getByRole("alert").filter({ hasText: "Couldn't load the numbers." }).count()).toBe(1)
      // The chart and each card.
      expect(await page.getByTestId("failure").count()).toBe(7)
    } finally {
      await dashboard.product.world.query.stop("SIGKILL")
      await startQuery()
    }
    const { context, page } = opened
    await expect.poll(() => trouble(page).count()).toBe(0)
    expect(Number(await keyNumber(page, "visitors"))).toBeGreaterThan(0)
    expect(await page.getByTestId("failure").count()).toBe(0)
    await context.close()
  })

  it("keeps the rows of a card whose other tab cannot be had, and says so there", async () => {
    const { context, page } = await dashboard.overview()
    const card = page.getByTestId("card-devices")
    await page.route(/\/breakdown\b/, (route) => route.abort())
    await page.getByRole("tab", { name: "Operating systems" }).click()
    await expect.poll(() => card.getByRole("alert").textContent()).toContain("Couldn't load operating systems")
    expect(await card.textContent()).toContain("Firefox")
    await page.unroute(/\/breakdown\b/)
    await card.getByRole("link", { name: "Try again" }).click()
    await expect.poll(() => card.textContent()).toContain("Linux")
    expect(await card.getByRole("alert").count()).toBe(0)
    await context.close()
  })

  it("leads to the sign-in page and back when the session ends behind an open page", async () => {
    const { product, project } = dashboard
    const path = `/${project.id}?p=7d`
    const views = await dashboard.open(path, { clock: true })
    // Its clock stands still, so that it asks because of the click and not earlier by itself.
    await views.page.clock.pauseAt(Date.now() + 60_000)
    // Nothing has arrived for it, so its install page waits.
    const { data: other } = await product.world.management.POST("/v1/projects", { body: { name: "Other", timeZone: "UTC" } })
    const waiting = await dashboard.open(`/${other?.id}/install`)
    const polling = await dashboard.open(`/${project.id}`, { clock: true })
    const token = dashboard.cookies.find(({ name }) => name.includes("session"))?.value ?? ""
    await createManagementClient({ baseUrl: product.world.query.url, token }).DELETE("/v1/sessions/current")

    await views.page.getByRole("tab", { name: "Operating systems" }).click()
    await views.page.clock.resume()
    await views.page.waitForURL("**/login?next=**")
    expect(new URL(views.page.url()).searchParams.get("next")).toBe(`${path}&devices=os`)
    await waiting.page.waitForURL(`**/login?next=${encodeURIComponent(`/${other?.id}/install`)}`)
    await polling.page.clock.fastForward(11_000)
    await polling.page.waitForURL("**/login?next=**")
    for (const { context } of [views, waiting, polling]) await context.close()
    await dashboard.signIn()
  })

  it("shows nothing to the Back button after signing out", async () => {
    const { context, page } = await dashboard.overview()
    await page.getByRole("button", { name: "Account and appearance" }).click()
    await page.getByRole("button", { name: "Sign out", exact: true }).click()
    await page.waitForURL("**/login*")
    await page.goBack()
    // Where the way back leads; without what comes next it would be the page that we are on already.
    await page.waitForURL(/\/login\?next=/)
    expect(await page.getByTestId("overview").count()).toBe(0)
    await context.close()
    await dashboard.signIn()
  })
})
