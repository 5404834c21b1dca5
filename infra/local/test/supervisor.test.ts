import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, it } from "vitest"
import { processIdentity } from "../src/machine.ts"
import { ManagedProcess } from "../src/managed-process.ts"
import { freePort } from "../src/ports.ts"
import { Supervisor } from "../src/supervisor.ts"

const folder = mkdtempSync(join(tmpdir(), "footfall-supervisor-"))
const script = fileURLToPath(new URL("fixtures/server.mjs", import.meta.url))
const soon = { firstMs: 20, longestMs: 100, calmMs: 1000 }

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const server = async (name: string, env: Record<string, string> = {}, graceMs = 5000) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const process_ = new ManagedProcess({
    name,
    command: process.execPath,
    args: [script],
    env: { PORT: String(port), NAME: name, ...env },
    logFile: join(folder, `${name}.log`),
    graceMs,
    ready: async () => (await fetch(url)).ok,
  })
  return { process: process_, url, pid: async () => Number(await (await fetch(url)).text()) }
}

it("what dies is started again, and said", async () => {
  const said: Array<string> = []
  const supervisor = new Supervisor((line) => said.push(line), soon)
  const one = await server("mortal")
  await supervisor.start(one.process)
  const first = await one.pid()
  await fetch(`${one.url}/die`).catch(() => undefined)
  const returns = (times: number) =>
    expect.poll(() => said.filter((line) => line === "mortal runs again.").length, { timeout: 10_000 }).toBe(times)
  await returns(1)
  expect(await one.pid()).not.toBe(first)
  process.kill(await one.pid(), "SIGKILL")
  await returns(2)
  expect(said[0]).toMatch(/^mortal ended \(exit code 3\); starting it again in 0\.0\d+ s\. Log: .*mortal\.log$/)
  await supervisor.stop()
  await expect(one.pid()).rejects.toThrow()
})

it("everything stops in the reverse order of its start, and nothing starts again", async () => {
  const orderFile = join(folder, "order")
  const supervisor = new Supervisor(() => undefined, soon)
  const all = await Promise.all(["first", "second", "third"].map((name) => server(name, { ORDER_FILE: orderFile })))
  for (const one of all) await supervisor.start(one.process)
  await supervisor.stop()
  expect(readFileSync(orderFile, "utf8")).toBe("third\nsecond\nfirst\n")
  expect(all.map((one) => one.process.pid)).toEqual([undefined, undefined, undefined])
})

it("what does not stop when asked is killed after its grace", async () => {
  const supervisor = new Supervisor(() => undefined, soon)
  const one = await server("stubborn", { STUBBORN: "1" }, 200)
  await supervisor.start(one.process)
  const pid = await one.pid()
  await supervisor.stop()
  expect(processIdentity(pid)).toBeUndefined()
})

it("what died before it was watched is started again", async () => {
  const said: Array<string> = []
  const supervisor = new Supervisor((line) => said.push(line), soon)
  const one = await server("early")
  await one.process.start()
  await fetch(`${one.url}/die`).catch(() => undefined)
  await expect.poll(() => one.process.pid).toBeUndefined()
  supervisor.adopt(one.process)
  await expect.poll(() => said).toContain("early runs again.")
  expect(await one.pid()).toBe(one.process.pid)
  await supervisor.stop()
})

it("what cannot be started again says why in one line", async () => {
  const said: Array<string> = []
  const supervisor = new Supervisor((line) => said.push(line), soon)
  const marker = join(folder, "came-before")
  let starts = 0
  const one = new ManagedProcess({
    name: "broken",
    command: process.execPath,
    args: [
      "-e",
      `const fs = require("fs"); if (fs.existsSync(${JSON.stringify(marker)})) throw Object.assign(new Error("ENOSPC: no space left"), { errno: -28 })
       fs.writeFileSync(${JSON.stringify(marker)}, ""); setInterval(() => {}, 1000)`,
    ],
    logFile: join(folder, "broken.log"),
    before: () => void starts++,
    ready: async () => starts === 1 && existsSync(marker),
  })
  await supervisor.start(one)
  process.kill(one.pid ?? 0, "SIGKILL")
  await expect
    .poll(() => said[1])
    .toMatch(/^broken ended \(it ended while it started \(exit code 1\): Error: ENOSPC: no space left\S*( \{)?\);/)
  await supervisor.stop()
})

it("a program whose start cannot be noted does not run", async () => {
  const one = await server("unnoted")
  one.process.onStart(() => {
    throw new Error("no room for a note")
  })
  await expect(one.process.start()).rejects.toThrow("no room for a note")
  expect(one.process.pid).toBeUndefined()
})

it("what cannot start says its last words", async () => {
  const one = new ManagedProcess({
    name: "hopeless",
    command: process.execPath,
    args: ["-e", "console.error('no such thing as luck'); process.exit(4)"],
    logFile: join(folder, "hopeless.log"),
    ready: async () => false,
  })
  await expect(one.start()).rejects.toThrow(/hopeless ended while it started \(exit code 4\).*no such thing as luck/s)
  const missing = new ManagedProcess({
    name: "missing",
    command: join(folder, "nothing-here"),
    args: [],
    logFile: join(folder, "m.log"),
    ready: async () => false,
  })
  await expect(missing.start()).rejects.toThrow(/missing ended while it started .*ENOENT/)
})

it("children do not outlive a parent that is killed with kill -9", async () => {
  const port = await freePort()
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL("fixtures/keeper.ts", import.meta.url)), script, String(port), join(folder, "kept.log")],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  const [line] = await once(keeper.stdout, "data")
  const pid = Number(String(line))
  expect(processIdentity(pid)).toContain("server.mjs")
  keeper.kill("SIGKILL")
  await expect.poll(() => processIdentity(pid), { timeout: 5000 }).toBeUndefined()
})
