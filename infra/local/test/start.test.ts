import { createClient } from "@clickhouse/client"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import type { Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, it } from "vitest"
import { stateFolder } from "../src/checkout.ts"
import { readerEnvironment } from "../src/clickhouse.ts"
import { guard, unguard } from "../src/guardian.ts"
import { processIdentity, workersIn } from "../src/machine.ts"
import { portHolder } from "../src/port-holder.ts"
import { buildFrontends } from "../src/product.ts"
import { endStranger, stranger } from "./fixtures/stranger.ts"

const program = fileURLToPath(new URL("../src/start.ts", import.meta.url))
const { CLICKHOUSE_URL: _, DATABASE_URL: __, REDIS_URL: ___, ...env } = process.env

/** What a start writes once it is ready. */
interface Runtime {
  readonly webUrl: string
  readonly ingestUrl: string
  readonly queryUrl: string
  readonly workerUrl: string
  readonly clickhouseUrl: string
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly pids: Readonly<Record<"postgres" | "redis" | "clickhouse" | "query" | "enrichment-worker" | "ingest" | "web", number>>
}

interface Start {
  readonly folder: string
  readonly child: ChildProcess
  readonly output: () => string
}

const starts: Array<Start> = []

/** `npm start` with a data folder of its own, or that of an earlier one. */
const start = (folder = mkdtempSync(join(tmpdir(), "footfall-start-")), more: Readonly<Record<string, string>> = {}): Start => {
  for (const name of ["sdk.stamp", "web.stamp"]) {
    const stamp = join(stateFolder(), name)
    if (existsSync(stamp)) copyFileSync(stamp, join(folder, name))
  }
  const child = spawn(process.execPath, [program], {
    env: { ...env, ...more, FOOTFALL_DATA: folder },
    stdio: ["ignore", "pipe", "pipe"],
  })
  if (child.pid !== undefined) guard(child.pid)
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text))
  const started = { folder, child, output: () => output }
  starts.push(started)
  return started
}

const ready = async ({ folder, output }: Start): Promise<Runtime> => {
  await expect.poll(output, { timeout: 240_000, interval: 100 }).toContain("Ctrl-C stops everything")
  return JSON.parse(readFileSync(join(folder, "runtime.json"), "utf8"))
}

/** Listens on the port that a start chooses for its dashboard, as soon as it has chosen, and answers 200 to everything. */
const takeDashboardPort = ({ folder }: Start) => {
  let taken: Promise<Server> | undefined
  let port = 0
  const watching = setInterval(() => {
    try {
      port ||= (JSON.parse(readFileSync(join(folder, "ports.json"), "utf8")) as { web?: number }).web ?? 0
    } catch {
      return
    }
    if (port !== 0) taken ??= stranger(port)
  }, 1)
  return {
    port: () => port,
    end: async () => {
      clearInterval(watching)
      if (taken !== undefined) await endStranger(await taken)
    },
  }
}

beforeAll(() => buildFrontends(() => undefined, stateFolder()), 180_000)

afterAll(async () => {
  for (const { child, folder } of starts) {
    const exited = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined
    child.kill("SIGINT")
    await exited
    if (child.pid !== undefined) unguard(child.pid)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

it(
  "two starts at once, and a stranger on the port of one, never meet: each announces its own, and every process knows only what it needs",
  { timeout: 600_000 },
  async () => {
    const both = [start(), start()] as const
    const intruder = takeDashboardPort(both[0])
    const [first, second] = await Promise.all(both.map(ready))
    if (first === undefined || second === undefined) throw new Error("two starts")
    expect(new URL(first.webUrl).port).not.toBe(String(intruder.port()))
    expect(intruder.port()).toBeGreaterThan(0)
    await intruder.end()

    const urls = [first, second].flatMap(({ webUrl, ingestUrl, queryUrl, workerUrl }) => [webUrl, ingestUrl, queryUrl, workerUrl])
    expect(new Set(urls).size).toBe(8)
    for (const { pids, ...runtime } of [first, second]) {
      const named = { web: runtime.webUrl, ingest: runtime.ingestUrl, query: runtime.queryUrl, "enrichment-worker": runtime.workerUrl }
      for (const [name, url] of Object.entries(named))
        expect([name, portHolder(Number(new URL(url).port), pids[name as keyof typeof pids])]).toEqual([name, "ours"])
    }
    const codes = both.map(({ folder }) => readFileSync(join(folder, "setup.code"), "utf8").trim())
    for (const [at, runtime] of [first, second].entries()) {
      expect(both[at]?.output()).toContain(`${runtime.webUrl}/setup#code=${codes[at]}`)
      const page = await (await fetch(`${runtime.webUrl}/setup`)).text()
      expect(page).toContain("<html")
    }

    const environment = (pid: number) => readFileSync(`/proc/${pid}/environ`, "utf8").split("\0")
    const secrets = (pid: number) =>
      environment(pid)
        .map((line) => line.split("=")[0])
        .filter((name) => /^(CLICKHOUSE_URL|DATABASE_URL|REDIS_URL|AUTH_SECRET_FILE|SETUP_CODE_FILE|WEB_SECRET_FILE)$/.test(name ?? ""))
        .sort()
    expect(secrets(first.pids.web)).toEqual(["WEB_SECRET_FILE"])
    expect(secrets(first.pids.query)).toEqual(["AUTH_SECRET_FILE", "CLICKHOUSE_URL", "DATABASE_URL", "SETUP_CODE_FILE", "WEB_SECRET_FILE"])
    expect(secrets(first.pids["enrichment-worker"])).toEqual(["CLICKHOUSE_URL", "REDIS_URL"])
    expect(secrets(first.pids.ingest)).toEqual(["AUTH_SECRET_FILE", "DATABASE_URL", "REDIS_URL"])

    // Query asks as the user that may only read, and is answered by tables that another user made.
    expect(environment(first.pids.query)).toContain("CLICKHOUSE_USER=footfall_query")
    const reader = createClient({
      url: new URL(first.clickhouseUrl).origin,
      username: "footfall_query",
      password: readerEnvironment(first.clickhouseUrl).CLICKHOUSE_PASSWORD,
      database: "footfall",
    })
    expect(await (await reader.query({ query: "SELECT count() AS n FROM events", format: "JSONEachRow" })).json()).toEqual([{ n: 0 }])
    await reader.close()
  },
)

const runtimeOf = ({ folder }: Start): Runtime => JSON.parse(readFileSync(join(folder, "runtime.json"), "utf8"))

/** Kills a start and its guardian, which would have ended what it leaves. */
const killAll = async ({ child }: Start): Promise<void> => {
  const pid = child.pid ?? 0
  const parentOf = (one: number) => /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/status`, "utf8"))?.[1]
  const guardian = readdirSync("/proc")
    .map(Number)
    .find((one) => processIdentity(one)?.includes("sh -c \ntrap") === true && parentOf(one) === String(pid))
  process.kill(guardian ?? 0, "SIGKILL")
  const exited = once(child, "exit")
  child.kill("SIGKILL")
  await exited
}

it(
  "after kill -9 of a start and its guardian the next one ends all that was left, restarted engines included, and answers at the same places",
  { timeout: 600_000 },
  async () => {
    const killed = start()
    const { pids: before } = await ready(killed)
    for (const name of ["redis", "clickhouse"] as const) {
      process.kill(before[name], "SIGKILL")
      await expect.poll(killed.output).toContain(`${name} runs again.`)
      expect(runtimeOf(killed).pids[name]).not.toBe(before[name])
    }
    const { pids: left, ...places } = runtimeOf(killed)
    await killAll(killed)
    const identities = Object.values(left).map((pid) => [pid, processIdentity(pid)] as const)
    expect(identities.map(([, identity]) => identity)).not.toContain(undefined)

    const next = start(killed.folder)
    const { pids, ...nextPlaces } = await ready(next)
    expect(identities.filter(([pid, identity]) => processIdentity(pid) === identity)).toEqual([])
    expect({ ...nextPlaces, pid: 0 }).toEqual({ ...places, pid: 0 })
    expect(next.output()).not.toContain("taken")
    expect(workersIn(join(killed.folder, "redis"), "redis-server")).toEqual([pids.redis])
  },
)

it("a store in the environment that does not answer is told by its variable, before anything starts", async () => {
  const one = start(undefined, { REDIS_URL: "nonsense" })
  expect(await once(one.child, "close")).toEqual([1, null])
  expect(one.output().trim()).toBe("REDIS_URL (nonsense) is not a redis:// address.")
})
