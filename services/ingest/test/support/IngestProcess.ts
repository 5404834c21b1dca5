import { freePort } from "@footfall/local/ports"
import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { SCRIPT } from "./app.ts"

const served = fileURLToPath(new URL("./served.ts", import.meta.url))

/** Ingest in a process of its own, to be killed. */
export interface IngestProcess {
  readonly url: string
  readonly kill: (signal: NodeJS.Signals) => void
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** Started over a Redis and ready; killed with the scope. With keys and salts in memory, unless another program is named. */
export const startProcess = (redisUrl: string, program = served, more: Readonly<Record<string, string>> = {}) =>
  Effect.acquireRelease(
    Effect.promise(async (): Promise<IngestProcess & { readonly child: ChildProcess }> => {
      const port = await freePort()
      const env = {
        ...process.env,
        PORT: String(port),
        REDIS_URL: redisUrl,
        AUTH_SECRET: "x",
        SDK_SCRIPT: SCRIPT,
        RATE_LIMIT: "0",
        LOG_LEVEL: "Error",
        ...more,
      }
      const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "inherit", "inherit"] })
      const url = `http://127.0.0.1:${port}`
      const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)))
      for (const deadline = Date.now() + 30_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error("ingest did not become ready")
        const ready = await fetch(`${url}/health/ready`).catch(() => undefined)
        if (ready?.status === 200) break
      }
      return { child, url, ended, kill: (signal) => void child.kill(signal) }
    }),
    ({ child, ended }) => Effect.promise(async () => (child.kill("SIGKILL"), ended)),
  )
