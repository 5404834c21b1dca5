import { statOf } from "@footfall/local/proc"
import { readdirSync, readFileSync } from "node:fs"

/** Linux counts CPU time in these; sysconf(_SC_CLK_TCK) is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

/** CPU seconds (user and system, all threads) that a process has used so far. */
export const cpuSeconds = (pid: number): number => {
  const of = statOf(pid)
  return (Number(of[11]) + Number(of[12])) / ticksPerSecond
}

/** Resident memory in MiB, and the share of it that is the process's own: shared pages divided by those who share them. */
export const memoryMib = (pid: number): { readonly resident: number; readonly proportional: number } => {
  const kib = (file: string, name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"))?.[1] ?? 0)
  return { resident: kib("status", "VmRSS") / 1024, proportional: kib("smaps_rollup", "Pss") / 1024 }
}

/** A process and all that descend from it, the process first. */
export const processTree = (root: number): Array<number> => {
  const children = new Map<number, Array<number>>()
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue
    try {
      const parent = Number(statOf(Number(name))[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      continue // It has ended meanwhile.
    }
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** What a process was started with, as one line. */
export const commandLine = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
