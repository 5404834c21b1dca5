import { writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Demo } from "../support/demo.ts"
import { OWNER, SETUP_CODE, World } from "../support/world.ts"

const demo = new Demo()
let world: World

beforeAll(async () => {
  world = await World.start({ owner: false })
}, 60_000)

afterAll(async () => {
  await world?.stop()
  demo.remove()
})

const stored = async (table: string, projectId: string) =>
  Number((await world.rows<{ n: string }>(`SELECT count() n FROM ${table} WHERE project_id = {p:UInt64}`, { p: projectId }))[0]?.n)

const createOwner = () => world.management.POST("/v1/setup", { body: { ...OWNER, setupCode: SETUP_CODE } })

it("npm run demo asks for nothing, before there is an owner and after; all is counted when it ends, people's and bots' apart", async () => {
  const stdout = await demo.run(world, 200)
  const { projectId, filled, from } = demo.state
  expect(filled).toBe(true)
  expect(stdout).toContain(`Dashboard: http://dashboard.example/${projectId}`)
  expect(stdout).toContain(`http://dashboard.example/setup#code=${SETUP_CODE}`)
  expect(stdout).not.toContain("refused")
  const people = await stored("events", projectId)
  expect(people).toBeGreaterThan(100)
  await world.settled()
  expect(await stored("events", projectId)).toBe(people)
  const bots = await stored("bot_events", projectId)
  expect(bots).toBeGreaterThan(0)
  expect(people + bots).toBe(Number(/(\d+) events accepted/.exec(stdout)?.[1]))
  const [first] = await world.rows<{ at: string }>(
    "SELECT toUnixTimestamp64Milli(min(timestamp)) at FROM events WHERE project_id = {p:UInt64}",
    { p: projectId },
  )
  expect(Number(first?.at)).toBeGreaterThanOrEqual(from)

  world.token = (await createOwner()).data?.token ?? ""
  const owned = await world.management.GET("/v1/projects")
  expect(owned.data?.projects).toMatchObject([{ id: projectId, name: "Demo: Acorn & Oak" }])
  const again = new Demo()
  expect(await again.run(world, 100)).not.toContain("setup#code")
  again.remove()
})

it("the demo continues its project, filling the time in between, and makes a new one where its project is unknown", async () => {
  const { projectId, to, pace } = demo.state
  const before = await stored("events", projectId)
  // As if the last run had been six hours ago.
  writeFileSync(demo.stateFile, JSON.stringify({ ...demo.state, to: to - 6 * 3_600_000 }))
  expect(await demo.run(world, 100)).toContain("Continuing the project of the last run")
  expect(demo.state).toMatchObject({ projectId, pace, from: to - 6 * 3_600_000 })
  expect(await stored("events", projectId)).toBeGreaterThan(before)
  // As if the stores had been made anew: the address is the same, the key is nobody's.
  writeFileSync(demo.stateFile, JSON.stringify({ ...demo.state, secretKey: `ffs_${"x".repeat(43)}` }))
  expect(await demo.run(world, 100)).not.toContain("Continuing")
  expect(demo.state.projectId).not.toBe(projectId)
})

it("for an instance elsewhere the demo signs in with the account that the environment names, and says so when it must", async () => {
  const away = new Demo()
  await expect(away.run(world, 100, {})).rejects.toThrow("set FOOTFALL_EMAIL and FOOTFALL_PASSWORD")
  await expect(away.run(world, 100, { ...OWNER, password: "wrong and long" })).rejects.toThrow("Wrong email or password")
  const queryUrl = world.query.url.replace("127.0.0.1", "localhost")
  await away.run(world, 100, { ...OWNER, queryUrl })
  expect(away.state).toMatchObject({ filled: true, queryUrl })
  away.remove()
})
