import { guard, unguard } from "@footfall/local/guardian"
import { nodeOptions } from "@footfall/local/product"
import { spawn, type ChildProcess } from "node:child_process"
import { fileURLToPath } from "node:url"
import { servicePort } from "./port.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** What to start, and whether to wait for it. */
export interface StartOptions {
  /** Whether `start` waits until the service is ready; true unless set. */
  readonly ready?: boolean
  /** The program, from the root; the service's `main.ts` unless set. */
  readonly entry?: string
}

/** One service as a child process, with what it printed. It does not outlive this process, however this one ends. */
export class ServiceProcess {
  readonly name: string
  readonly url: string
  /** Settles once it has ended and all that it printed is in `log`. */
  readonly exited: Promise<number | NodeJS.Signals>
  private readonly child: ChildProcess
  private readonly lines: Array<string> = []

  private constructor(name: string, url: string, child: ChildProcess) {
    this.name = name
    this.url = url
    this.child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.lines.push(text)
        if (this.lines.length > 2_000) this.lines.shift()
      })
    }
    const { pid } = child
    if (pid !== undefined) guard(pid)
    this.exited = new Promise((resolve) =>
      child.once("close", (code, signal) => {
        if (pid !== undefined) unguard(pid)
        resolve(signal ?? code ?? 0)
      }),
    )
  }

  /**
   * Starts `services/<name>` (or `entry`) with this environment on a free port (or the one in `env.PORT`) and waits until it says it
   * is ready; ends it when it does not. Tries once more when somebody had the port when the service wanted it.
   */
  static async start(name: string, env: Readonly<Record<string, string>>, options: StartOptions = {}): Promise<ServiceProcess> {
    try {
      return await ServiceProcess.attempt(name, env, options)
    } catch (cause) {
      if (!String(cause).includes("EADDRINUSE")) throw cause
      return ServiceProcess.attempt(name, env, options)
    }
  }

  private static async attempt(name: string, env: Readonly<Record<string, string>>, options: StartOptions): Promise<ServiceProcess> {
    const port = env["PORT"] ?? String(await servicePort())
    const child = spawn(process.execPath, [...nodeOptions(name), options.entry ?? `services/${name}/src/main.ts`], {
      cwd: root,
      env: { ...process.env, HOST: "127.0.0.1", ...env, PORT: port },
      stdio: ["ignore", "pipe", "pipe"],
    })
    const service = new ServiceProcess(name, `http://127.0.0.1:${port}`, child)
    if (options.ready === false) return service
    try {
      await service.ready()
      return service
    } catch (cause) {
      await service.stop("SIGKILL")
      throw cause
    }
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  get log(): string {
    return this.lines.join("")
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Waits until `/health/ready` answers 200; fails with the service's output when it exits or takes longer than 30 s. */
  async ready(): Promise<void> {
    const deadline = Date.now() + 30_000
    while (Date.now() < deadline) {
      if (!this.running) {
        await this.exited
        throw new Error(`${this.name} ended before it was ready:\n${this.log}`)
      }
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
      if (answer?.status === 200) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${this.name} was not ready after 30 s:\n${this.log}`)
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | NodeJS.Signals> {
    if (this.running) this.child.kill(signal)
    return this.exited
  }
}
