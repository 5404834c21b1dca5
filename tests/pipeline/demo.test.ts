import { writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Demo } from "../support/demo.ts"
import { World } from "../support/world.ts"

const demo = new Demo()
let world: World

beforeAll(async () => {
  world = await World.start({ owner: false })
}, 60_000)

afterAll(async () => {
  await world?.stop()
  demo.remove()
})

it("npm run demo gives a fresh instance its owner and a project whose events are all counted, people's and bots' apart", async () => {
  const stdout = await demo.run(world, 200)
  const { projectId, filled } = demo.state
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

it("the demo goes on with its project when the instance answers at another address, and makes a new one where its project is unknown", async () => {
  await demo.run(world, 100)
  const { projectId } = demo.state
  const elsewhere = world.query.url.replace("127.0.0.1", "localhost")
  expect(elsewhere).not.toBe(world.query.url)
  expect(await demo.run(world, 100, elsewhere)).toContain("Going on with the project of the last run")
  expect(demo.state).toMatchObject({ projectId, queryUrl: elsewhere })
  // As if the stores had been made anew: the address is the same, the key is nobody's.
  writeFileSync(demo.stateFile, JSON.stringify({ ...demo.state, secretKey: `ffs_${"x".repeat(43)}` }))
  expect(await demo.run(world, 100, elsewhere)).not.toContain("Going on")
  expect(demo.state.projectId).not.toBe(projectId)
})
