import { guard, unguard } from "@footfall/local/guardian"
import { spawn, type ChildProcess } from "node:child_process"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

/** A worker as a process of its own. */
export interface WorkerProcess {
  readonly child: ChildProcess
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>
  readonly output: () => string
}

/** Starts a worker with this environment. It does not outlive this process, however this one ends. */
export const startWorker = (env: Readonly<Record<string, string>>): WorkerProcess => {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const { pid } = child
  if (pid !== undefined) guard(pid)
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()))
  const exited = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once("exit", (code, signal) => {
      if (pid !== undefined) unguard(pid)
      resolve(signal ?? code ?? -1)
    }),
  )
  return { child, exited, output: () => output }
}
