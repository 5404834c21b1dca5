import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { lockFolder } from "../src/folder-lock.ts"
import { processIdentity, processStart } from "../src/machine.ts"
import { ManagedProcess } from "../src/managed-process.ts"
import { freePort, Ports } from "../src/ports.ts"

const folder = mkdtempSync(join(tmpdir(), "footfall-lock-"))
const lockFile = join(folder, "stack.lock")

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("a folder in use is refused with a sentence, and free again after its release", async () => {
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(/Footfall runs there already \(process \d+\)\. Stop it first/)
  lock.release()
  ;(await lockFolder(folder)).release()
})

const child = (name: string) => {
  const program = new ManagedProcess({
    name,
    command: process.execPath,
    args: ["-e", `process.on("SIGINT", () => process.exit()); process.on("SIGTERM", () => process.exit()); setInterval(() => {}, 1000)`],
    logFile: join(folder, `${name}.log`),
    ready: async () => true,
    ...(name === "store" ? { stopSignal: "SIGINT" as const } : {}),
  })
  return program
}

it("what is followed stands in the lock at each of its starts, and no more once it has ended", async () => {
  const lock = await lockFolder(folder)
  const one = child("restarted")
  lock.follow(one)
  const children = () => JSON.parse(readFileSync(lockFile, "utf8")).children
  for (let times = 0; times < 2; times++) {
    await one.start()
    expect(children()).toEqual([{ pid: one.pid, started: processStart(one.pid ?? 0), stopSignal: "SIGTERM" }])
    await one.kill()
  }
  const other = child("other")
  lock.follow(other)
  await other.start()
  expect(children()).toHaveLength(1)
  await other.kill()
  lock.release()
})

it("the lock of a dead process counts for nothing, even when its number lives on as someone else, and what it left running is ended, the last started first", async () => {
  const orderFile = join(folder, "order")
  const tells = (name: string, signal: string) =>
    spawn(
      process.execPath,
      [
        "-e",
        `process.on("${signal}", () => { require("fs").appendFileSync(${JSON.stringify(orderFile)}, "${name} "); process.exit() }); process.send(1); setInterval(() => {}, 1000)`,
      ],
      { stdio: ["ignore", "ignore", "ignore", "ipc"], detached: true },
    )
  const store = tells("store", "SIGINT")
  const service = tells("service", "SIGTERM")
  const stranger = spawn("sleep", ["60"], { stdio: "ignore" })
  try {
    await Promise.all([store, service].map((one) => once(one, "message")))
    const known = ({ pid = 0 }, stopSignal: string) => ({ pid, started: processStart(pid), stopSignal })
    const children = [known(store, "SIGINT"), known(service, "SIGTERM"), { ...known(stranger, "SIGTERM"), started: "1 another boot" }]
    writeFileSync(lockFile, JSON.stringify({ pid: process.pid, started: "1 another program", children }))
    const lock = await lockFolder(folder)
    expect(readFileSync(orderFile, "utf8")).toBe("service store ")
    expect(processIdentity(stranger.pid ?? 0)).toContain("sleep 60")
    expect(JSON.parse(readFileSync(lockFile, "utf8")).pid).toBe(process.pid)
    lock.release()
  } finally {
    for (const one of [store, service, stranger]) one.kill("SIGKILL")
  }
})

it("a port is remembered; while someone else has it another one is used, which is told, and the next start returns to it", async () => {
  const file = join(folder, "ports.json")
  const first = await new Ports(file).of("web")
  expect(await new Ports(file).of("web")).toBe(first)
  const taker = createServer().listen(first, "127.0.0.1")
  await once(taker, "listening")
  const moves: Array<unknown> = []
  const meanwhile = new Ports(file, (...move) => moves.push(move))
  const second = await meanwhile.of("web")
  expect(second).not.toBe(first)
  expect(await meanwhile.of("web")).toBe(second)
  expect(moves).toEqual([["web", first, second]])
  expect(await meanwhile.of("other", second)).not.toBe(second)
  expect(await freePort(first)).toBeGreaterThan(first)
  taker.close()
  await once(taker, "close")
  expect(await new Ports(file, (...move) => moves.push(move)).of("web")).toBe(first)
  expect(moves).toHaveLength(1)
})

it("a port that was lost before anybody used it is forgotten", async () => {
  const file = join(folder, "fresh-ports.json")
  const ports = new Ports(file)
  const first = await ports.of("web")
  ports.lose(first)
  const second = await ports.of("web")
  expect(second).not.toBe(first)
  expect(await new Ports(file).of("web")).toBe(second)
})
