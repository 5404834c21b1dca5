import { testStack, type Stack } from "@footfall/local/stack"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { eventually } from "../support/eventually.ts"
import { sendUntilAccepted } from "../support/persistent-sender.ts"
import { servicePort } from "../support/port.ts"
import { ServiceProcess } from "../support/process.ts"
import { storedRows } from "../support/rows.ts"
import { toWire, traffic, type KnownEvent } from "../support/traffic.ts"
import { World, type TestProject } from "../support/world.ts"

const FROM = Date.parse("2026-11-02T00:00:00Z")
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe("engines and processes die under load", () => {
  let stack: Stack
  let world: World

  beforeAll(async () => {
    stack = await testStack(true)
    world = await World.start({ engines: stack })
  }, 60_000)
  afterAll(async () => {
    await world?.stop()
    await stack?.stop()
  })

  /** Four senders that never give up, each with visitors of its own, so that every visitor's events come in their order. */
  const sendAll = (project: TestProject, events: ReadonlyArray<KnownEvent>, url: string, progress = { accepted: 0, failed: 0 }) =>
    Promise.all(
      [...Map.groupBy(events, ({ visitor }) => Number(visitor.id.split("-").at(-1)) % 4).values()].map(async (own) => {
        for (let i = 0; i < own.length; i += 4) {
          const batch = own.slice(i, i + 4)
          await sendUntilAccepted(url, project.secretKey, batch.map(toWire), () => void progress.failed++)
          progress.accepted += batch.length
          await wait(25)
        }
      }),
    )

  /**
   * Kills something four times, each time in the middle of a quarter of the events, and brings it back once senders have felt it
   * (`refused`), or once more events have come in without it. Afterwards all rows have to be those that the same events leave behind
   * undisturbed.
   */
  const survives = async (
    seed: number,
    url: string,
    { refused, kill, start }: { readonly refused: boolean; readonly kill: () => Promise<unknown>; readonly start: () => Promise<unknown> },
  ) => {
    const events = traffic({ seed, visitors: 500, from: FROM, to: FROM + 86_400_000 })
    const [disturbed, calm] = [await world.project(), await world.project()]
    const progress = { accepted: 0, failed: 0 }
    const disturb = async (quarter: number) => {
      await expect.poll(() => progress.accepted, { interval: 5 }).toBeGreaterThanOrEqual((quarter + 0.3) * (events.length / 4))
      const failed = progress.failed
      await kill()
      const accepted = progress.accepted
      await expect.poll(() => (refused ? progress.failed - failed : progress.accepted - accepted), { interval: 5 }).toBeGreaterThan(0)
      await start()
    }
    for (let quarter = 0; quarter < 4; quarter++) {
      const part = events.slice((quarter * events.length) / 4, ((quarter + 1) * events.length) / 4)
      await Promise.all([sendAll(disturbed, part, url, progress), disturb(quarter)])
    }
    await sendAll(calm, events, world.ingest.url)
    await world.settled(60_000)
    const undisturbed = await storedRows(world, calm.id)
    expect(undisturbed.events.length).toBe(events.length)
    expect(undisturbed.sessions.length).toBeGreaterThan(0)
    expect(await storedRows(world, disturbed.id)).toEqual(undisturbed)
  }

  it("kill -9 of ingest: what was answered 202 is counted, once", { timeout: 120_000 }, async () => {
    const env = { ...world.env, PORT: String(await servicePort()) }
    let ingest = await ServiceProcess.start("ingest", env)
    try {
      await survives(21, ingest.url, {
        refused: true,
        kill: () => ingest.stop("SIGKILL"),
        start: async () => (ingest = await ServiceProcess.start("ingest", env)),
      })
    } finally {
      await ingest.stop()
    }
  })

  it("kill -9 of Redis: its append-only file keeps what was answered 202", { timeout: 120_000 }, () =>
    survives(22, world.ingest.url, { refused: true, kill: () => stack.kill("redis"), start: () => stack.start("redis") }),
  )

  it("kill -9 of ClickHouse: events wait in the log and arrive later, once", { timeout: 120_000 }, () =>
    survives(23, world.ingest.url, { refused: false, kill: () => stack.kill("clickhouse"), start: () => stack.start("clickhouse") }),
  )

  it(
    "while Redis is down ingest answers 503 with Retry-After instead of waiting for it, and 202 again afterwards",
    {
      timeout: 60_000,
    },
    async () => {
      const project = await world.project()
      const event = { kind: "pageview", url: "https://shop.example.com/" }
      expect((await world.send([event], project.writeKey)).status).toBe(202)
      await stack.kill("redis")
      const refused = await world.send([event], project.writeKey)
      expect(refused.status).toBe(503)
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0)
      expect(refused.headers.get("content-type")).toBe("application/problem+json")
      expect((await fetch(`${world.ingest.url}/health/ready`)).status).toBe(503)
      await stack.start("redis")
      await eventually(async () => expect((await world.send([event], project.writeKey)).status).toBe(202))
    },
  )

  it("with ClickHouse down questions are answered 503 with Retry-After", { timeout: 60_000 }, async () => {
    const project = await world.project()
    await stack.kill("clickhouse")
    const answer = await world.analytics.GET("/v1/projects/{projectId}/online", { params: { path: { projectId: project.id } } })
    expect(answer.response.status).toBe(503)
    expect(Number(answer.response.headers.get("retry-after"))).toBeGreaterThan(0)
    await stack.start("clickhouse")
    await eventually(async () => {
      const again = await world.analytics.GET("/v1/projects/{projectId}/online", { params: { path: { projectId: project.id } } })
      expect(again.response.status).toBe(200)
    })
  })

  it("with Postgres down ingest goes on, and the management API says 503", { timeout: 60_000 }, async () => {
    const project = await world.project()
    const event = { kind: "pageview", url: "https://shop.example.com/down" }
    expect((await world.send([event], project.writeKey)).status).toBe(202)
    await stack.kill("postgres")
    for (let i = 0; i < 5; i++) expect((await world.send([event], project.writeKey)).status).toBe(202)
    expect((await world.send([event], "ffw_unknownunknownunknown1")).status).toBe(503)
    const projects = await world.management.GET("/v1/projects", {})
    expect(projects.response.status).toBe(503)
    await stack.start("postgres")
    await eventually(async () => expect((await world.management.GET("/v1/projects", {})).response.status).toBe(200))
    await eventually(async () => expect((await world.send([event], "ffw_unknownunknownunknown1")).status).toBe(401))
  })
})
