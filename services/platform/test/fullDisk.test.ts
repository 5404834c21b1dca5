import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"
import { afterAll, expect, it } from "vitest"

const source = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

/** Logs before and after a moment in which an error of the stream would have ended it, tells so over IPC, and waits. */
const program = `
import { Effect, Layer } from ${JSON.stringify(import.meta.resolve("effect"))}
import { run } from ${source("../src/Service.ts")}
run(Layer.effectDiscard(Effect.gen(function* () {
  for (let i = 0; i < 3; i++) {
    yield* Effect.logWarning("cannot be written")
    console.error("nor this")
    yield* Effect.sleep(20)
  }
  process.send("still here")
})))
`

const full = openSync("/dev/full", "w")
afterAll(() => closeSync(full))

it("a service whose log cannot be written, because the disk is full, goes on and ends when asked", async () => {
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", program], { stdio: ["ignore", full, full, "ipc"] })
  const exited = once(child, "exit")
  try {
    expect(await Promise.race([once(child, "message"), exited])).toContain("still here")
    child.kill("SIGTERM")
    expect(await exited).toEqual([0, null])
  } finally {
    child.kill("SIGKILL")
  }
})
