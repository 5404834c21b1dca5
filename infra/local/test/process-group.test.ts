import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { processIdentity } from "../src/machine.ts"
import { runGroup } from "../src/process-group.ts"

const folder = mkdtempSync(join(tmpdir(), "footfall-group-"))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("a program that ends by itself gives its exit code", async () => {
  const { signal } = new AbortController()
  expect(await runGroup(process.execPath, ["-e", "process.exit(Number(process.env.CODE))"], { CODE: "7" }, signal)).toBe(7)
})

it("a program that is stopped takes along what it started, and counts as failed", async () => {
  const stopping = new AbortController()
  const noted = join(folder, "pids")
  const script = `sleep 60 & echo "$$ $!" > "$NOTED"; wait`
  const running = runGroup("sh", ["-c", script], { NOTED: noted }, stopping.signal)
  const pids = () => readFileSync(noted, "utf8").trim().split(" ").map(Number)
  await expect.poll(() => pids().map((pid) => processIdentity(pid) !== undefined)).toEqual([true, true])
  const started = pids()
  stopping.abort()
  expect(await running).toBe(1)
  await expect.poll(() => started.map(processIdentity)).toEqual([undefined, undefined])
})
