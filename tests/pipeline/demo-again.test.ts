import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, it } from "vitest"
import { SETUP_CODE, World } from "../support/world.ts"

const demo = fileURLToPath(import.meta.resolve("@footfall/local/demo"))
const folder = mkdtempSync(join(tmpdir(), "footfall-demo-"))
const stateFile = join(folder, "demo.json")
let world: World

beforeAll(async () => {
  world = await World.start({ owner: false })
}, 60_000)

afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const state = () => JSON.parse(readFileSync(stateFile, "utf8"))

const runDemo = async (queryUrl: string) => {
  const { stdout } = await promisify(execFile)(process.execPath, [demo, "--days", "1", "--events", "100", "--no-live"], {
    env: {
      ...process.env,
      FOOTFALL_DATA: folder,
      FOOTFALL_INGEST_URL: world.ingest.url,
      FOOTFALL_QUERY_URL: queryUrl,
      FOOTFALL_WEB_URL: "http://dashboard.example",
      FOOTFALL_SETUP_CODE: SETUP_CODE,
    },
  })
  return stdout
}

it("the demo goes on with its project when the instance answers at another address, and makes a new one where its project is unknown", async () => {
  await runDemo(world.query.url)
  const { projectId } = state()
  const elsewhere = world.query.url.replace("127.0.0.1", "localhost")
  expect(elsewhere).not.toBe(world.query.url)
  expect(await runDemo(elsewhere)).toContain("Going on with the project of the last run")
  expect(state()).toMatchObject({ projectId, queryUrl: elsewhere })
  // As if the stores had been made anew: the address is the same, the key is nobody's.
  writeFileSync(stateFile, JSON.stringify({ ...state(), secretKey: `ffs_${"x".repeat(43)}` }))
  expect(await runDemo(elsewhere)).not.toContain("Going on")
  expect(state().projectId).not.toBe(projectId)
})
