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
