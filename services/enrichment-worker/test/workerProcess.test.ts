import { spawn } from "node:child_process"
import { once } from "node:events"
import { expect, it } from "vitest"
import { eventually } from "./eventually.ts"

const NOBODY = "127.0.0.1:1"

/** Starts a worker, says its pid, and waits for ever. The worker says nothing, or the loss of its reader would end it. */
const runner = `
import { startWorker } from ${JSON.stringify(new URL("workerProcess.ts", import.meta.url).href)}
console.log(startWorker({ REDIS_URL: "redis://${NOBODY}", CLICKHOUSE_URL: "http://${NOBODY}", PORT: "0", LOG_LEVEL: "None" }).child.pid)
setInterval(() => undefined, 60_000)`

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it("a worker of the tests does not outlive their runner, even if that is killed", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", runner], { stdio: ["ignore", "pipe", "inherit"] })
  const [said] = (await once(child.stdout, "data")) as [Buffer]
  const worker = Number(said.toString())
  expect(lives(worker)).toBe(true)
  child.kill("SIGKILL")
  try {
    await eventually(
      async () => lives(worker),
      (living) => !living,
    )
  } finally {
    if (lives(worker)) process.kill(worker, "SIGKILL")
  }
})
