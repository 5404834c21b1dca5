import { dirname } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fullDisk } from "./disk.ts"
import { StartFailed, type ManagedProcess } from "./managed-process.ts"
import { onStopSignal } from "./stop-signals.ts"
import { startTogether, type Group } from "./together.ts"
import { messageOf } from "./unable.ts"

/** How long the first wait before a restart is, the longest one, and after how long in peace counting starts anew; milliseconds. */
export interface Backoff {
  readonly firstMs: number
  readonly longestMs: number
  readonly calmMs: number
}

const usual: Backoff = { firstMs: 250, longestMs: 10_000, calmMs: 60_000 }

const briefly = (cause: unknown): string => (cause instanceof StartFailed ? cause.brief : messageOf(cause))

/** Keeps programs running: starts them in order, starts again what dies (waiting longer each time), stops them in reverse order. */
export class Supervisor {
  #processes: Array<ManagedProcess> = []
  readonly #say: (line: string) => void
  readonly #backoff: Backoff
  readonly #stopping = new AbortController()

  constructor(say: (line: string) => void, backoff: Backoff = usual) {
    this.#say = say
    this.#backoff = backoff
  }

  /** The programs in the order of their start. */
  get processes(): ReadonlyArray<ManagedProcess> {
    return this.#processes
  }

  /** Starts a program, settles once it answers, and watches it from then on. Rejects when its first start fails. */
  async start(process: ManagedProcess): Promise<void> {
    this.#watch(process)
    this.#stopping.signal.throwIfAborted()
    await process.start()
  }

  /** Starts programs in parallel and watches them; they are made anew while ports are taken from them, as by {@link startTogether}. */
  startTogether<A extends Group>(make: () => Promise<A>, lost: (port: number) => void): Promise<A> {
    const others = this.#processes
    return startTogether(async () => {
      const group = await make()
      this.#stopping.signal.throwIfAborted()
      this.#processes = [...others]
      for (const process of group.processes) this.#watch(process)
      return group
    }, lost)
  }

  /** Watches a program that somebody else has started. It may have died since then. */
  adopt(process: ManagedProcess): void {
    const again = this.#watch(process)
    if (process.pid === undefined) void again("before it was watched")
  }

  /** Starts a program again whenever it dies; gives what to call when it is dead already. */
  #watch(process: ManagedProcess): (how: string) => Promise<void> {
    this.#processes.push(process)
    let failures = 0
    let last = 0
    const again = async (how: string): Promise<void> => {
      const now = Date.now()
      failures = now - last > this.#backoff.calmMs ? 0 : failures + 1
      last = now
      const wait = Math.min(this.#backoff.firstMs * 2 ** failures, this.#backoff.longestMs)
      const { name, spec } = process
      const full = fullDisk(dirname(spec.logFile))
      this.#say(
        `${name} ended (${how}); starting it again in ${wait / 1000} s. Log: ${spec.logFile}${full === undefined ? "" : `. ${full}`}`,
      )
      try {
        await pause(wait, undefined, { signal: this.#stopping.signal })
        await process.start()
        this.#say(`${process.name} runs again.`)
      } catch (cause) {
        if (!this.#stopping.signal.aborted) await again(briefly(cause))
      }
    }
    process.onDeath((how) => {
      if (!this.#stopping.signal.aborted) void again(how)
    })
    return again
  }

  /** Stops everything in reverse order of its start; each program gets its own time to end. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const process of this.#processes.toReversed()) await process.stop()
  }

  /** Ends everything at once. */
  async kill(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#processes.map((process) => process.kill()))
  }
}

/**
 * Settles when this process is asked to stop: Ctrl-C, SIGTERM, SIGHUP, or the death of who started it. A second request calls
 * `impatient`; signals within half a second count as one, for a Ctrl-C arrives from the terminal and once more through npm.
 */
export const untilAsked = (impatient: () => void): Promise<void> =>
  new Promise((resolve) => {
    let last = 0
    const asked = () => {
      const now = Date.now()
      if (last === 0) resolve()
      else if (now - last > 500) impatient()
      last = now
    }
    onStopSignal(asked)
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      asked()
    }, 2000)
    watch.unref()
  })
