import { expect } from "vitest"
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { launch, watch } from "../support/browser.ts"
import { Product } from "../support/product.ts"
import { toWire, traffic, type KnownEvent } from "../support/traffic.ts"
import { OWNER, type TestProject } from "../support/world.ts"

const DAY = 86_400_000

/** A page of a signed-in browser, and what it did that it must not do. */
export interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly faults: ReadonlyArray<string>
}

/** How a page is opened. */
export interface OpenOptions extends BrowserContextOptions {
  /** Whether somebody is signed in; true unless set. */
  readonly signedIn?: boolean
  /** Whether the page's time can be put forward; it goes its own way unless set. */
  readonly clock?: boolean
}

/** What has the focus: its accessible name, or what stands in it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate("(({ ariaLabel, innerText }) => (ariaLabel ?? innerText ?? '').trim())(document.activeElement)")

/** A key number as it is shown. */
export const keyNumber = (page: Page, metric: string): Promise<string | null> =>
  page.getByTestId(`kpi-${metric}`).getByTestId("value").textContent()

/** The product with a project of 150 visitors within the last twenty days, and a browser that is signed in. */
export class Dashboard {
  readonly product: Product
  readonly browser: Browser
  readonly project: TestProject
  /** What happened. */
  readonly events: ReadonlyArray<KnownEvent>
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>> = []

  private constructor(parts: Pick<Dashboard, "product" | "browser" | "project" | "events">) {
    this.product = parts.product
    this.browser = parts.browser
    this.project = parts.project
    this.events = parts.events
  }

  static async start(): Promise<Dashboard> {
    const product = await Product.start()
    try {
      const { world } = product
      const project = await world.project("Europe/Berlin")
      const now = Date.now()
      const events = traffic({ seed: 5, visitors: 150, from: now - 20 * DAY, to: now - 60_000 })
      for (let i = 0; i < events.length; i += 250)
        expect((await world.send(events.slice(i, i + 250).map(toWire), project.secretKey)).status).toBe(202)
      await world.settled()
      const dashboard = new Dashboard({ product, browser: await launch(), project, events })
      await dashboard.signIn()
      return dashboard
    } catch (cause) {
      await product.stop()
      throw cause
    }
  }

  /** Of a browser that waits by itself: a slow machine must not get the page that says that it is slow, and goes on to the real one. */
  get patience(): Parameters<BrowserContext["addCookies"]>[0] {
    return [{ name: "footfall_waits", value: "1", url: this.url }]
  }

  get url(): string {
    return this.product.web.url
  }

  /** Signs in anew; pages that are opened afterwards carry the new session. */
  async signIn(): Promise<void> {
    const context = await this.browser.newContext()
    const page = await context.newPage()
    await page.goto(`${this.url}/login`)
    await page.getByLabel("E-mail").fill(OWNER.email)
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password)
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.waitForURL((url) => !url.pathname.startsWith("/login"))
    this.cookies = await context.cookies()
    await context.close()
  }

  /** Opens a path; the page's scripts run when it is there. */
  async open(path: string, options: OpenOptions = {}): Promise<Opened> {
    const { signedIn = true, clock = false, ...rest } = options
    const context = await this.browser.newContext(rest)
    if (signedIn) await context.addCookies(this.cookies)
    await context.addCookies(this.patience)
    const page = await context.newPage()
    if (clock) await page.clock.install()
    const { faults } = watch(page, [this.url])
    await page.goto(`${this.url}${path}`, { waitUntil: "networkidle" })
    return { context, page, faults }
  }

  /** The overview with these search parameters. */
  overview(search = "", options: OpenOptions = {}): Promise<Opened> {
    return this.open(`/${this.project.id}${search}`, options)
  }

  async stop(): Promise<void> {
    await this.browser.close()
    await this.product.stop()
  }
}
