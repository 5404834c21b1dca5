import { stateFolder } from "@footfall/local/checkout"
import { guard, unguard } from "@footfall/local/guardian"
import { processIdentity } from "@footfall/local/machine"
import { createAnalyticsClient, createIngestClient, createManagementClient } from "@footfall/sdk/api"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, it } from "vitest"
import { processTree } from "../load/process-usage.ts"
import { PERSON } from "../support/browser.ts"
import { OWNER } from "../support/world.ts"

const program = fileURLToPath(import.meta.resolve("@footfall/local/start"))
const folder = mkdtempSync(join(tmpdir(), "footfall-start-"))
const { CLICKHOUSE_URL: _, DATABASE_URL: __, REDIS_URL: ___, ...env } = process.env

beforeAll(() => {
  // Tracker and dashboard are built already: `npm test` does it first.
  for (const name of ["sdk.stamp", "web.stamp"]) {
    const stamp = join(stateFolder(), name)
    if (existsSync(stamp)) copyFileSync(stamp, join(folder, name))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

/** `npm start` with a data folder of its own; `use` gets what it printed once it was ready. Then Ctrl-C, after which nothing may be left. */
const whileRunning = async (use: (output: string) => Promise<void>) => {
  const child = spawn(process.execPath, [program], { env: { ...env, FOOTFALL_DATA: folder }, stdio: ["ignore", "pipe", "pipe"] })
  const pid = child.pid ?? 0
  guard(pid)
  const exited = once(child, "exit")
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text))
  try {
    await expect.poll(() => output, { timeout: 60_000 }).toContain("Ctrl-C stops everything")
    await use(output)
    const started = processTree(pid).map((one) => [one, processIdentity(one)] as const)
    expect(started.length).toBeGreaterThan(8)
    child.kill("SIGINT")
    expect(await exited).toEqual([0, null])
    await expect.poll(() => started.filter(([one, identity]) => processIdentity(one) === identity)).toEqual([])
  } finally {
    child.kill("SIGKILL")
    unguard(pid)
  }
}

const urlOf = (name: string, output: string) => new RegExp(`^ +${name} +(http\\S+)`, "m").exec(output)?.[1] ?? ""

it("npm start runs the product, Ctrl-C ends all of it, and the next start finds what was accepted", { timeout: 120_000 }, async () => {
  let projectId = ""
  let token = ""
  await whileRunning(async (output) => {
    const webUrl = urlOf("dashboard", output)
    const setupCode = readFileSync(join(folder, "setup.code"), "utf8").trim()
    expect(output).toContain(`${webUrl}/setup#code=${setupCode}`)
    expect((await fetch(`${webUrl}/setup`)).status).toBe(200)
    const baseUrl = urlOf("query", output)
    token = (await createManagementClient({ baseUrl }).POST("/v1/setup", { body: { ...OWNER, setupCode } })).data?.token ?? ""
    const project = await createManagementClient({ baseUrl, token }).POST("/v1/projects", { body: { name: "Kept", timeZone: "UTC" } })
    projectId = project.data?.id ?? ""
    const ingest = createIngestClient({ baseUrl: urlOf("ingest", output), token: project.data?.writeKey ?? "" })
    const sent = await ingest.POST("/v1/events", {
      headers: { "user-agent": PERSON },
      body: { events: [{ kind: "pageview", url: "https://shop.example.com/kept" }] },
    })
    expect(sent.data).toMatchObject({ accepted: 1 })
  })
  await whileRunning(async (output) => {
    expect(output).not.toContain("setup#code")
    const analytics = createAnalyticsClient({ baseUrl: urlOf("query", output), token })
    const pages = async () => {
      const now = Date.now()
      const { data } = await analytics.GET("/v1/projects/{projectId}/breakdown", {
        params: {
          path: { projectId },
          query: { dimension: "page", from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 3_600_000).toISOString() },
        },
      })
      return data?.rows.map(({ value, pageviews }) => [value, pageviews])
    }
    await expect.poll(pages).toEqual([["/kept", 1]])
  })
})
