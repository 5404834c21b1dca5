import { createClient } from "@clickhouse/client"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import type { Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, it } from "vitest"
import { stateFolder } from "../src/checkout.ts"
import { guard, unguard } from "../src/guardian.ts"
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
  readonly pids: Readonly<Record<"query" | "enrichment-worker" | "ingest" | "web", number>>
}

interface Start {
  readonly folder: string
  readonly child: ChildProcess
  readonly output: () => string
}

const starts: Array<Start> = []

/** `npm start` with a data folder of its own. */
const start = (): Start => {
  const folder = mkdtempSync(join(tmpdir(), "footfall-start-"))
  for (const name of ["sdk.stamp", "web.stamp"]) {
    const stamp = join(stateFolder(), name)
    if (existsSync(stamp)) copyFileSync(stamp, join(folder, name))
  }
  const child = spawn(process.execPath, [program], {
    env: { ...env, FOOTFALL_DATA: folder },
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
  await expect.poll(output, { timeout: 90_000, interval: 100 }).toContain("Ctrl-C stops everything")
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
    const exited = child.exitCode === null ? once(child, "exit") : undefined
    child.kill("SIGINT")
    await exited
    if (child.pid !== undefined) unguard(child.pid)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

it(
  "two starts at once, and a stranger on the port of one, never meet: each announces its own, and every process knows only what it needs",
  { timeout: 180_000 },
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
        .filter((name) => /^(CLICKHOUSE_URL|DATABASE_URL|REDIS_URL|AUTH_SECRET_FILE|SETUP_CODE_FILE)$/.test(name ?? ""))
        .sort()
    expect(secrets(first.pids.web)).toEqual([])
    expect(secrets(first.pids.query)).toEqual(["AUTH_SECRET_FILE", "CLICKHOUSE_URL", "DATABASE_URL", "SETUP_CODE_FILE"])
    expect(secrets(first.pids["enrichment-worker"])).toEqual(["CLICKHOUSE_URL", "REDIS_URL"])
    expect(secrets(first.pids.ingest)).toEqual(["AUTH_SECRET_FILE", "DATABASE_URL", "REDIS_URL"])

    // Query asks as the user that may only read, and is answered by tables that another user made.
    expect(environment(first.pids.query)).toContain("CLICKHOUSE_USER=footfall_query")
    const reader = createClient({ url: first.clickhouseUrl, username: "footfall_query", database: "footfall" })
    expect(await (await reader.query({ query: "SELECT count() AS n FROM events", format: "JSONEachRow" })).json()).toEqual([{ n: 0 }])
    await reader.close()
  },
)
