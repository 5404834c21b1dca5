import { execFileSync } from "node:child_process"
import { accessSync, constants, existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs"
import { delimiter, join } from "node:path"
import { commandOf, processIds, statOf } from "./proc.ts"

/** Where `program` is on PATH, or undefined. */
export const onPath = (program: string): string | undefined => {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, program)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      continue
    }
  }
  return undefined
}

/** Whether this process may do anything on the machine. */
export const isRoot = (): boolean => process.getuid?.() === 0

const ps = (pid: number, columns: string): string | undefined =>
  execFileSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined

/**
 * When the process that has a pid began, on this boot of the machine. A pid alone does not say who it is, for numbers come back; this
 * stays the same while the process lives, whatever it executes. Undefined when nobody has the pid.
 */
export const processStart = (pid: number): string | undefined => {
  try {
    if (!existsSync("/proc/self/stat")) return ps(pid, "lstart=")
    const fields = statOf(pid)
    return fields[0] === "Z" ? undefined : `${fields[19]} ${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`
  } catch {
    return undefined
  }
}

/** Says which process a pid is now: when it began and its command line. Undefined when nobody has the pid. */
export const processIdentity = (pid: number): string | undefined => {
  const started = processStart(pid)
  if (started === undefined) return undefined
  try {
    return `${started} ${existsSync("/proc/self/stat") ? commandOf(pid) : (ps(pid, "command=") ?? "")}`
  } catch {
    return undefined
  }
}

/** The live processes with `program` in their command line that work in a folder, or were told to. Where there is no /proc nobody is seen. */
export const workersIn = (folder: string, program: string): ReadonlyArray<number> => {
  if (!existsSync("/proc/self") || !existsSync(folder)) return []
  const real = realpathSync(folder)
  return processIds().filter((pid) => {
    try {
      const command = commandOf(pid)
      if (!command.includes(program)) return false
      return ` ${command} `.includes(` ${folder} `) || readlinkSync(`/proc/${pid}/cwd`) === real
    } catch {
      return false
    }
  })
}
