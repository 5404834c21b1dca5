import { guard, removeAfterwards, unguard } from "@footfall/local/guardian"
import { freePort } from "@footfall/local/ports"
import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createConnection } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" }, () => socket.write("PING\r\n"))
    const done = (answer: boolean) => (socket.destroy(), resolve(answer))
    socket.once("data", (bytes) => done(bytes.toString().startsWith("+PONG")))
    socket.once("error", () => done(false))
  })

/**
 * A redis-server of the test's own, with AOF as in production, which can be taken away and brought back. It does not outlive this
 * process, however this one ends.
 */
export class RedisServer {
  readonly port: number
  /** Where its files are. */
  readonly folder: string
  private child: ChildProcess | undefined

  private constructor(port: number, folder: string) {
    this.port = port
    this.folder = folder
    removeAfterwards(folder)
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`
  }

  /** On a free port in a temporary folder; ended and removed with the scope. */
  static readonly scoped = Effect.acquireRelease(
    Effect.promise(async () => {
      const server = new RedisServer(await freePort(), mkdtempSync(join(tmpdir(), "footfall-redis-")))
      await server.start()
      return server
    }),
    (server) =>
      Effect.promise(async () => {
        await server.kill()
        rmSync(server.folder, { recursive: true, force: true })
      }),
  )

  /** Starts it, again if it was killed, and waits until it answers. */
  async start(...more: ReadonlyArray<string>) {
    const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
    this.child = spawn("redis-server", ["--port", `${this.port}`, "--bind", "127.0.0.1", "--dir", this.folder, ...durable, ...more], {
      stdio: "ignore",
    })
    const { pid } = this.child
    if (pid !== undefined) {
      guard(pid)
      this.child.once("exit", () => unguard(pid))
    }
    const deadline = Date.now() + 10_000
    while (!(await answers(this.port))) {
      if (this.child.exitCode !== null || Date.now() > deadline) throw new Error("redis-server did not start; is it installed?")
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Sends a signal without waiting: SIGSTOP freezes it, SIGCONT lets it go on. */
  signal(signal: NodeJS.Signals) {
    this.child?.kill(signal)
  }

  /** Ends it at once, as a crash would. */
  async kill() {
    const child = this.child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGKILL")
    await ended
  }
}
