import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, it } from "vitest"
import { SETUP_CODE, World } from "../support/world.ts"

const demo = fileURLToPath(import.meta.resolve("@footfall/local/demo"))
const folder = mkdtempSync(join(tmpdir(), "footfall-demo-"))
let world: World

beforeAll(async () => {
  world = await World.start({ owner: false })
}, 60_000)

afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
})

it("npm run demo gives a fresh instance its owner and a project whose events are all counted, people's and bots' apart", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [demo, "--days", "1", "--events", "200", "--no-live"], {
    env: {
      ...process.env,
      FOOTFALL_DATA: folder,
      FOOTFALL_INGEST_URL: world.ingest.url,
      FOOTFALL_QUERY_URL: world.query.url,
      FOOTFALL_WEB_URL: "http://dashboard.example",
      FOOTFALL_SETUP_CODE: SETUP_CODE,
    },
  })
  const { projectId, filled } = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8"))
  expect(filled).toBe(true)
  expect(stdout).toContain(`Dashboard: http://dashboard.example/${projectId}`)
  expect(stdout).not.toContain("refused")
  const accepted = Number(/(\d+) events accepted/.exec(stdout)?.[1])
  await world.settled()
  const stored = async (table: string) =>
    Number((await world.rows<{ n: string }>(`SELECT count() n FROM ${table} WHERE project_id = {p:UInt64}`, { p: projectId }))[0]?.n)
  const [people, bots] = [await stored("events"), await stored("bot_events")]
  expect(people + bots).toBe(accepted)
  expect(people).toBeGreaterThan(100)
  expect(bots).toBeGreaterThan(0)
})
