import { rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { processStart } from "./machine.ts"
import { stopSignalOf, type ManagedProcess } from "./managed-process.ts"
import { readObject, writeWhole } from "./state-file.ts"
import { Unable } from "./unable.ts"

/** A process, and when it began: its number alone may be somebody else's by now. */
interface Known {
  readonly pid: number
  readonly started: string
}

interface Child extends Known {
  readonly stopSignal: NodeJS.Signals
}

/** A data folder that belongs to this process. */
export interface FolderLock {
  /** Notes the program at each of its starts, so that the next start after a crash can end it. What was noted last is ended first. */
  follow(process: ManagedProcess): void
  release(): void
}

const isKnown = (value: unknown): value is Known => {
  const { pid, started } = (value ?? {}) as Partial<Known>
  return Number.isInteger(pid) && typeof started === "string" && started !== ""
}

const isChild = (value: unknown): value is Child => isKnown(value) && typeof (value as Partial<Child>).stopSignal === "string"

const alive = (known: Known): boolean => processStart(known.pid) === known.started

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    return
  }
}

const gone = async (child: Child, ms: number): Promise<boolean> => {
  const deadline = Date.now() + ms
  while (alive(child) && Date.now() < deadline) await pause(20)
  return !alive(child)
}

/** Ends what a killed owner left running in its folder, in reverse order of its start: services before the stores that they use. */
const endLeftovers = async (children: ReadonlyArray<Child>): Promise<void> => {
  for (const child of children.filter(alive).toReversed()) {
    signal(child.pid, child.stopSignal)
    if (await gone(child, 10_000)) continue
    signal(-child.pid, "SIGKILL")
    signal(child.pid, "SIGKILL")
    await gone(child, 5000)
  }
}

/** Takes a data folder; rejects when a live process has it, cleans up after a dead one. A lock that cannot be read is nobody's. */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const file = join(folder, "stack.lock")
  const owner = readObject(file)
  if (isKnown(owner) && alive(owner))
    throw new Unable(
      `The data in ${folder} are in use: Footfall runs there already (process ${owner.pid}). Stop it first (Ctrl-C where it runs, or kill ${owner.pid}).`,
    )
  const children: unknown = owner?.["children"]
  if (Array.isArray(children)) await endLeftovers(children.filter(isChild))

  const followed: Array<ManagedProcess> = []
  const write = () => {
    const running = followed.flatMap(({ pid, spec }): ReadonlyArray<Child> => {
      const started = pid === undefined ? undefined : processStart(pid)
      return pid === undefined || started === undefined ? [] : [{ pid, started, stopSignal: stopSignalOf(spec) }]
    })
    writeWhole(file, JSON.stringify({ pid: process.pid, started: processStart(process.pid) ?? "", children: running }))
  }
  write()
  return {
    follow: (process) => {
      followed.push(process)
      process.onStart(write)
    },
    release: () => rmSync(file, { force: true }),
  }
}
