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
