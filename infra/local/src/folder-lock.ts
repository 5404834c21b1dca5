import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { processIdentity } from "./machine.ts"
import type { ManagedProcess } from "./managed-process.ts"

interface Known {
  readonly pid: number
  readonly identity: string
}

interface Owner extends Known {
  readonly children: ReadonlyArray<Known>
}

/** A data folder that belongs to this process. */
export interface FolderLock {
  /** Notes the programs that work in the folder, so that whoever comes after a crash can end them. */
  record(processes: ReadonlyArray<ManagedProcess>): void
  release(): void
}

const alive = (known: Known): boolean => processIdentity(known.pid) === known.identity

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    return
  }
}

/** Ends what a killed owner left running in its folder. */
const endLeftovers = async (children: ReadonlyArray<Known>): Promise<void> => {
  const left = children.filter(alive)
  for (const one of left) signal(one.pid, "SIGTERM")
  const deadline = Date.now() + 8000
  while (left.some(alive) && Date.now() < deadline) await pause(50)
  for (const one of left.filter(alive)) signal(one.pid, "SIGKILL")
}

/** Takes a data folder; rejects when a live process has it, cleans up after a dead one. */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const file = join(folder, "stack.lock")
  if (existsSync(file)) {
    const owner: Owner = JSON.parse(readFileSync(file, "utf8") || '{"pid":0,"identity":"","children":[]}')
    if (alive(owner))
      throw new Error(
        `The data in ${folder} are in use: Footfall runs there already (process ${owner.pid}). Stop it first (Ctrl-C where it runs, or kill ${owner.pid}).`,
      )
    await endLeftovers(owner.children)
  }
  const write = (children: ReadonlyArray<Known>) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) ?? "", children }), { mode: 0o600 })
  write([])
  return {
    record: (processes) =>
      write(
        processes.flatMap(({ pid }) => {
          const identity = pid === undefined ? undefined : processIdentity(pid)
          return pid === undefined || identity === undefined ? [] : [{ pid, identity }]
        }),
      ),
    release: () => rmSync(file, { force: true }),
  }
}
