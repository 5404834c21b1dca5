import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { lockFolder } from "../src/folder-lock.ts"
import { processIdentity } from "../src/machine.ts"
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

it("the lock of a dead process counts for nothing, even when its number lives on as someone else, and what it left running is ended", async () => {
  const left = spawn("sleep", ["60"], { stdio: "ignore" })
  const stranger = spawn("sleep", ["60"], { stdio: "ignore" })
  try {
    await expect.poll(() => processIdentity(left.pid ?? 0)).toContain("sleep 60")
    const children = [
      { pid: left.pid, identity: processIdentity(left.pid ?? 0) },
      { pid: stranger.pid, identity: "1 something else that had this number" },
    ]
    writeFileSync(lockFile, JSON.stringify({ pid: process.pid, identity: "1 another program", children }))
    const lock = await lockFolder(folder)
    expect(left.signalCode ?? (await new Promise((resolve) => left.once("exit", (_, signal) => resolve(signal))))).toBe("SIGTERM")
    expect(processIdentity(stranger.pid ?? 0)).toContain("sleep 60")
    expect(JSON.parse(readFileSync(lockFile, "utf8")).pid).toBe(process.pid)
    lock.release()
  } finally {
    left.kill()
    stranger.kill()
  }
})

it("a port is remembered, and replaced when someone else has taken it", async () => {
  const file = join(folder, "ports.json")
  const first = await new Ports(file).of("web")
  expect(await new Ports(file).of("web")).toBe(first)
  const taker = createServer().listen(first, "127.0.0.1")
  await new Promise((resolve) => taker.once("listening", resolve))
  const second = await new Ports(file).of("web")
  expect(second).not.toBe(first)
  expect(await new Ports(file).of("other", second)).not.toBe(second)
  expect(await freePort(first)).toBeGreaterThan(first)
  taker.close()
})
