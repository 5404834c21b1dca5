import { AxeBuilder } from "@axe-core/playwright"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { OWNER } from "../support/world.ts"
import { Dashboard } from "./dashboard.ts"

const HOSTILE = `<script>alert("x")</script>`
/** Turns the direction of what stands after it, unless somebody ends that. */
const TURNED = "\u202eabc"

describe("every page of the dashboard", () => {
  let dashboard: Dashboard

  beforeAll(async () => {
    dashboard = await Dashboard.start()
    const { product, project, events } = dashboard
    const hostile = {
      kind: "event",
      name: HOSTILE,
      url: `https://shop.example.com/${HOSTILE}?utm_source=${HOSTILE}&utm_campaign=${HOSTILE}`,
      referrer: `https://evil.example/${HOSTILE}`,
      title: HOSTILE,
      properties: { [HOSTILE]: HOSTILE },
      context: { visitorId: HOSTILE, userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0" },
    }
    expect((await product.world.send([hostile, { ...hostile, name: TURNED }], project.secretKey)).status).toBe(202)
    await product.world.settled()
    expect(await product.world.countEvents(project.id)).toBe(events.length + 2)
  }, 120_000)

  afterAll(() => dashboard?.stop())

  const pages = () =>
    [
      ["/login", false],
      ["/", true],
      ["/new", true],
      [`/${dashboard.project.id}`, true],
      [`/${dashboard.project.id}?d=page`, true],
      [`/${dashboard.project.id}?p=today&f=page:is:/nowhere`, true],
      [`/${dashboard.project.id}/install`, true],
    ] as const

  const sizes = [
    { width: 1280, height: 900 },
    { width: 375, height: 800 },
  ]

  it("has no accessibility violation, no error and no third party, in light and dark, wide and narrow, and never scrolls sideways", async () => {
    const check = async ([path, signedIn]: readonly [string, boolean]) => {
      const { context, page, faults } = await dashboard.open(path, { signedIn })
      // Our pages have no frames, which is what the other mode opens one more page for, every time.
      const axe = () => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], iframes: false })
      const look = async (kind: string, builder: AxeBuilder) => {
        const { violations } = await builder.analyze()
        expect({ path, kind, violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`) }).toEqual({
          path,
          kind,
          violations: [],
        })
      }
      for (const size of sizes) {
        await page.setViewportSize(size)
        await page.emulateMedia({ colorScheme: "light" })
        await look(`${size.width} px, light`, axe().withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]))
        // Nothing but colours differs.
        await page.emulateMedia({ colorScheme: "dark" })
        await look(`${size.width} px, dark`, axe().withRules(["color-contrast", "link-in-text-block"]))
      }
      await page.setViewportSize({ width: 360, height: 800 })
      const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
      // A tab that is narrower than its words lies over its neighbour.
      const squeezed = await page.evaluate(
        "[...document.querySelectorAll('[role=tab]')].filter((tab) => tab.scrollWidth > tab.clientWidth).map((tab) => tab.textContent)",
      )
      expect({ path, overflow, squeezed, faults }).toEqual({ path, overflow: 0, squeezed: [], faults: [] })
      await context.close()
    }
    // Two at a time: each page has a process of its own.
    const waiting = [...pages()]
    const lane = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await check(next)
    }
    await Promise.all([lane(), lane()])
  })

  it("shows what visitors sent as text, wherever it came from", async () => {
    const { context, page, faults } = await dashboard.overview()
    await expect.poll(() => page.getByTestId("card-events").textContent()).toContain(HOSTILE)
    expect(faults).toEqual([])
    // Each text that turns the direction of writing is alone in an element that ends it.
    const turned = await page.evaluate(`(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found = []
      while (texts.nextNode()) if (texts.currentNode.data.includes("\\u202e")) found.push(texts.currentNode.parentElement)
      return found.filter(({ tagName }) => tagName !== "SCRIPT").map((element) => getComputedStyle(element).unicodeBidi)
    })()`)
    expect(turned).not.toEqual([])
    expect(new Set(turned as ReadonlyArray<string>)).toEqual(new Set(["isolate"]))
    await context.close()
  })

  it("has its key numbers and its chart in the server's HTML", async () => {
    const { context, page } = await dashboard.overview("", { javaScriptEnabled: false })
    expect(Number(await page.getByTestId("kpi-visitors").getByTestId("value").textContent())).toBeGreaterThan(0)
    expect(await page.locator("main svg path").count()).toBeGreaterThan(5)
    await context.close()
  })

  it("keeps its budget: overview at most 75 kB of JavaScript, 15 kB of CSS and 25 kB of HTML, compressed", async () => {
    const context = await dashboard.browser.newContext()
    await context.addCookies([...dashboard.cookies, ...dashboard.patience])
    const page = await context.newPage()
    const bodies: Array<Promise<readonly [string, number]>> = []
    page.on("response", (response) => {
      const type = response.headers()["content-type"]?.split(";")[0] ?? ""
      bodies.push(
        response.body().then(
          (body) => [type, gzipSync(body, { level: 6 }).length] as const,
          () => [type, 0] as const,
        ),
      )
    })
    await page.goto(`${dashboard.url}/${dashboard.project.id}`, { waitUntil: "networkidle" })
    const weights: Record<string, number> = {}
    for (const [type, weight] of await Promise.all(bodies)) weights[type] = (weights[type] ?? 0) + weight
    console.info("overview, gzip bytes by type:", weights)
    expect(weights["text/javascript"] ?? 0).toBeGreaterThan(0)
    expect(weights["text/javascript"]).toBeLessThanOrEqual(75_000)
    expect(weights["text/css"]).toBeLessThanOrEqual(15_000)
    expect(weights["text/html"]).toBeLessThanOrEqual(25_000)
    await context.close()
  })

  it("answers with a strict policy and refuses to be framed", async () => {
    const response = await fetch(`${dashboard.url}/login`)
    const policy = response.headers.get("content-security-policy") ?? ""
    expect(policy).toContain("frame-ancestors 'none'")
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toContain("unsafe-inline")
    expect(response.headers.get("x-content-type-options")).toBe("nosniff")
  })

  it("does not accept a form that another site posts", async () => {
    const response = await fetch(`${dashboard.url}/login`, {
      method: "POST",
      headers: { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ email: OWNER.email, password: OWNER.password }),
    })
    expect(response.status).toBe(403)
  })
})
