import { testStack, type Stack } from "@footfall/local/stack"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { asPerson, launch } from "../support/browser.ts"
import { startSite, type Site } from "../support/site.ts"
import { World } from "../support/world.ts"

let stack: Stack
let world: World
let browser: Browser
let site: Site | undefined

beforeAll(async () => {
  stack = await testStack(true)
  world = await World.start({ engines: stack })
  browser = await launch()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await world?.stop()
  await stack?.stop()
})

it("what a visitor does while Redis is down is refused, kept by the page, and counted once when Redis is back", async () => {
  const project = await world.project()
  site = await startSite(`<script defer src="${world.ingest.url}/script.js" data-key="${project.writeKey}"></script>`)
  const page = await (await browser.newContext(asPerson)).newPage()
  const answered = (status: number, word: string) =>
    page.waitForResponse((response) => response.status() === status && (response.request().postData()?.includes(word) ?? false))

  const viewed = answered(202, "pageview")
  await page.goto(`${site.origin}/shop`)
  await viewed

  await stack.kill("redis")
  const refused = answered(503, "purchase")
  await page.click("#buy")
  expect(Number(await (await refused).headerValue("retry-after"))).toBeGreaterThan(0)

  const accepted = answered(202, "purchase")
  await stack.start("redis")
  await accepted
  await world.settled()
  expect(
    await world.rows("SELECT kind, name FROM events WHERE project_id = {project:UInt64} ORDER BY kind", { project: project.id }),
  ).toEqual([
    { kind: "pageview", name: "" },
    { kind: "event", name: "purchase" },
  ])
})
