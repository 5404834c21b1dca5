import { spawn, type ChildProcess } from "node:child_process"
import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { guard, unguard } from "./guardian.ts"
import { portHolder } from "./port-holder.ts"

/** How to run one program. */
export interface ProcessSpec {
  readonly name: string
  readonly command: string
  readonly args: ReadonlyArray<string>
  /** Added to our own environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Where it listens on this machine. It counts as started only when it, and nobody else, listens there. */
  readonly port?: number
  /** Both streams of the program are appended here. */
  readonly logFile: string
  /** What asks it to stop; SIGTERM unless said. */
  readonly stopSignal?: NodeJS.Signals
  /** How long it may take to stop before it is killed, in milliseconds. */
  readonly graceMs?: number
  /** How long it may take to become ready, in milliseconds. */
  readonly startMs?: number
  /** Work to do before each start: folders, stale locks. */
  readonly before?: () => Promise<void> | void
  /** Whether it answers; asked again and again while it starts. */
  readonly ready: () => Promise<boolean>
}

/** What asks a program to stop. */
export const stopSignalOf = (spec: ProcessSpec): NodeJS.Signals => spec.stopSignal ?? "SIGTERM"

/** Another program listens where this one was to listen. */
export class PortTaken extends Error {
  readonly port: number

  constructor(name: string, port: number) {
    super(
      `${name} cannot listen on port ${port}: another program has taken it. Stop that program; or stop Footfall and start it again, then it chooses another port`,
    )
    this.name = "PortTaken"
    this.port = port
  }
}

/** What a program's own words come down to: the last line that is no stack, no end of an object and no version of Node. */
const lastLine = (words: string): string =>
  (words.split("\n").findLast((line) => !/^(\s|[}\]]|Node\.js v|$)/.test(line)) ?? "it said nothing").slice(0, 300)

/** A program did not come up. The message has its last words; `brief` is one line. */
export class StartFailed extends Error {
  readonly brief: string

  constructor(name: string, how: string, words: string) {
    super(`${name} ${how}. Its last words:\n${words}`)
    this.name = "StartFailed"
    this.brief = `it ${how}: ${lastLine(words)}`
  }
}

const keptLogBytes = 10 * 1024 * 1024

const openLog = (file: string): number => {
  if (existsSync(file) && statSync(file).size > keptLogBytes) renameSync(file, `${file}.1`)
  return openSync(file, "a", 0o600)
}

/** The last lines that a program wrote since `from`, for an error message. */
const tail = (file: string, from: number): string => {
  const fd = openSync(file, "r")
  try {
    const size = fstatSync(fd).size
    const start = Math.max(from, size - 2000)
    const bytes = Buffer.alloc(Math.max(0, size - start))
    readSync(fd, bytes, 0, bytes.length, start)
    return bytes.toString("utf8").trim().split("\n").slice(-24).join("\n")
  } finally {
    closeSync(fd)
  }
}

/** Whether a program says that it ended because of its port. */
const portWasTaken = (words: string): boolean => /EADDRINUSE|address already in use/i.test(words)

/** One child program: started until it answers, stopped in peace, killed at need. It never outlives this process. */
export class ManagedProcess {
  readonly spec: ProcessSpec
  #child: ChildProcess | undefined
  #exited: Promise<void> = Promise.resolve()
  #stopping = false
  readonly #onStart: Array<() => void> = []
  readonly #onDeath: Array<(how: string) => void> = []

  constructor(spec: ProcessSpec) {
    this.spec = spec
  }

  get name(): string {
    return this.spec.name
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Calls back at each start, as soon as the program has a pid. A listener that throws ends the program and its start. */
  onStart(listener: () => void): void {
    this.#onStart.push(listener)
  }

  /** Calls back when the program ends without having been asked to; `how` says by which code or signal. */
  onDeath(listener: (how: string) => void): void {
    this.#onDeath.push(listener)
  }

  /** Starts it and settles once it answers; rejects with its last words when it ends or stays silent instead. */
  async start(): Promise<void> {
    if (this.#child !== undefined) return
    const { spec } = this
    await spec.before?.()
    const log = openLog(spec.logFile)
    const from = fstatSync(log).size
    let starting = true
    let end: string | undefined
    const child = spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      stdio: ["ignore", log, log],
      detached: true,
    })
    closeSync(log)
    this.#child = child
    this.#stopping = false
    if (child.pid !== undefined) guard(child.pid)
    this.#exited = new Promise((resolve) => {
      const onEnd = (how: string) => {
        if (end !== undefined) return
        end = how
        if (child.pid !== undefined) unguard(child.pid)
        this.#child = undefined
        resolve()
        if (!this.#stopping && !starting) for (const listener of this.#onDeath) listener(how)
      }
      child.once("error", (cause) => onEnd(cause.message))
      child.once("exit", (code, signal) => onEnd(signal ?? `exit code ${code}`))
    })
    try {
      if (child.pid !== undefined) for (const listener of this.#onStart) listener()
    } catch (cause) {
      await this.kill()
      throw cause
    }
    const deadline = Date.now() + (spec.startMs ?? 30_000)
    const ended = () => end
    const holder = () => (spec.port === undefined || child.pid === undefined ? "ours" : portHolder(spec.port, child.pid))
    for (let wait = 10; ; wait = Math.min(wait * 1.5, 200)) {
      const how = ended()
      const held = holder()
      if (spec.port !== undefined && (held === "another" || (how !== undefined && portWasTaken(tail(spec.logFile, from))))) {
        await this.kill()
        throw new PortTaken(spec.name, spec.port)
      }
      if (how !== undefined) throw new StartFailed(spec.name, `ended while it started (${how})`, tail(spec.logFile, from))
      if (held === "ours" && (await spec.ready().catch(() => false)) && ended() === undefined) break
      if (Date.now() > deadline) {
        await this.kill()
        throw new StartFailed(spec.name, "did not answer in time", tail(spec.logFile, from))
      }
      await pause(wait)
    }
    starting = false
  }

  /** Asks it to stop and settles when it has; kills it when it takes too long. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#stopping = true
    child.kill(stopSignalOf(this.spec))
    const patience = setTimeout(() => this.#killGroup(child), this.spec.graceMs ?? 10_000)
    await this.#exited
    clearTimeout(patience)
  }

  /** Kills it and whatever it started, with no warning; settles when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#stopping = true
    this.#killGroup(child)
    await this.#exited
  }

  #killGroup(child: ChildProcess): void {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, "SIGKILL")
    } catch {
      child.kill("SIGKILL")
    }
  }
}
