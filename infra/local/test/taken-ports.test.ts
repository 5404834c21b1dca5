import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import type { Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, describe, expect, it } from "vitest"
import { processIdentity } from "../src/machine.ts"
import { ManagedProcess, PortTaken } from "../src/managed-process.ts"
import { portHolder } from "../src/port-holder.ts"
import { freePort, Ports } from "../src/ports.ts"
import { startStack } from "../src/stack.ts"
import { Supervisor } from "../src/supervisor.ts"
import { endStranger, stranger } from "./fixtures/stranger.ts"

/** Asks ClickHouse at a URL with its password, which `fetch` does not take. */
const asked = (url: string) => {
  const { origin, password } = new URL(url)
  return fetch(origin, { method: "POST", headers: { "x-clickhouse-key": password }, body: "SELECT 1" })
}

const folder = mkdtempSync(join(tmpdir(), "footfall-taken-ports-"))
const script = fileURLToPath(new URL("fixtures/server.mjs", import.meta.url))

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const strangers: Array<Server> = []
const letIn = async (port: number) => void strangers.push(await stranger(port))
const strangersOut = () => Promise.all(strangers.splice(0).map(endStranger))
afterEach(strangersOut)

const server = (port: number, more: Partial<ManagedProcess["spec"]> = {}) =>
  new ManagedProcess({
    name: "server",
    command: process.execPath,
    args: [script],
    port,
    env: { PORT: String(port) },
    logFile: join(folder, "server.log"),
    ready: async () => (await fetch(`http://127.0.0.1:${port}`)).ok,
    ...more,
  })

describe("a program whose port was taken before it listened", () => {
  it("is not taken for started because the other one answers", async () => {
    const port = await freePort()
    const one = server(port, { before: () => letIn(port) })
    const failure: unknown = await one.start().catch((cause: unknown) => cause)
    expect(failure).toBeInstanceOf(PortTaken)
    expect(String(failure)).toMatch(new RegExp(`server cannot listen on port ${port}: another program has taken it. Stop that program`))
    expect(one.pid).toBeUndefined()
  })

  it("is not taken for started either when it never tries to listen", async () => {
    const port = await freePort()
    const one = server(port, { args: ["-e", "setInterval(() => {}, 1000)"], before: () => letIn(port) })
    await expect(one.start()).rejects.toBeInstanceOf(PortTaken)
    expect(one.pid).toBeUndefined()
  })

  it("is made anew on another port, with those that were started with it", async () => {
    const ports = new Ports(join(folder, "together.json"))
    const supervisor = new Supervisor(() => undefined)
    const tried: Array<number> = []
    const make = async () => {
      const chosen = [await ports.of("first", 20_000), await ports.of("second", 20_000)]
      tried.push(...chosen)
      const takenAtFirst = tried.length === 2 ? { before: () => letIn(chosen[1] ?? 0) } : {}
      return { processes: [server(chosen[0] ?? 0), server(chosen[1] ?? 0, takenAtFirst)] }
    }
    const { processes } = await supervisor.startTogether(make, (port) => ports.lose(port))
    expect(tried).toHaveLength(4)
    expect(tried[3]).not.toBe(tried[1])
    expect(tried[2]).toBe(tried[0])
    expect(supervisor.processes).toEqual(processes)
    for (const one of processes) {
      const answer = await (await fetch(`http://127.0.0.1:${one.spec.port}`)).text()
      expect(Number(answer)).toBe(one.pid)
    }
    await supervisor.stop()
  })

  it("after a crash says so, and runs again once the port is free", async () => {
    const said: Array<string> = []
    const supervisor = new Supervisor((line) => said.push(line), { firstMs: 20, longestMs: 50, calmMs: 1000 })
    const port = await freePort()
    let crashes = 0
    const one = server(port, { before: () => (crashes++ === 1 ? letIn(port) : undefined) })
    await supervisor.start(one)
    process.kill(one.pid ?? 0, "SIGKILL")
    await expect.poll(() => said).toContainEqual(expect.stringMatching(`port ${port}: another program has taken it. Stop that program`))
    expect(said).not.toContain("server runs again.")
    await strangersOut()
    await expect.poll(() => said).toContain("server runs again.")
    await supervisor.stop()
  })
})

it("an engine whose port is taken while it starts gets another one, and its URL tells so", async () => {
  const dataDir = join(folder, "stack")
  const portsFile = join(dataDir, "ports.json")
  // ClickHouse opens its data first and listens then; a program that comes as soon as the port is chosen comes first.
  let first = 0
  const watching = setInterval(() => {
    if (first !== 0) return
    try {
      first = (JSON.parse(readFileSync(portsFile, "utf8")) as { clickhouse?: number }).clickhouse ?? 0
    } catch {
      return
    }
    if (first !== 0) void letIn(first)
  }, 1)
  try {
    const stack = await startStack({ dataDir, databaseUrl: "postgres://elsewhere", redisUrl: "redis://elsewhere" })
    expect(strangers).toHaveLength(1)
    expect(new URL(stack.clickhouseUrl).port).not.toBe(String(first))
    const answer = await asked(stack.clickhouseUrl)
    expect(await answer.text()).toBe("1\n")
    await stack.stop()
  } finally {
    clearInterval(watching)
  }
})

it("who holds a port is known: nobody, a program of ours or what it started, or another", async () => {
  const port = await freePort()
  const one = server(port)
  expect(portHolder(port, process.pid)).toBe("nobody")
  await one.start()
  const pid = one.pid ?? 0
  expect(portHolder(port, pid)).toBe("ours")
  expect(portHolder(port, process.pid)).toBe("another")
  await one.stop()

  const wrapped = server(port, { command: "sh", args: ["-c", `"${process.execPath}" "${script}"; true`] })
  await wrapped.start()
  expect(processIdentity(wrapped.pid ?? 0)).toContain("sh -c")
  expect(portHolder(port, wrapped.pid ?? 0)).toBe("ours")
  await wrapped.kill()
})

it("ports that several ask for at once are different ones, and a lost one is not chosen again", async () => {
  const ports = new Ports(join(folder, "ports.json"))
  const names = ["a", "b", "c", "d"]
  const chosen = await Promise.all(names.map((name) => ports.of(name, 21_000)))
  expect(new Set(chosen).size).toBe(4)
  expect(await ports.of("b", 21_000)).toBe(chosen[1])
  ports.lose(chosen[1] ?? 0)
  const next = await ports.of("b", 21_000)
  expect(chosen).not.toContain(next)
})
