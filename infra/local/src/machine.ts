import { execFileSync } from "node:child_process"
import { accessSync, constants, existsSync, readFileSync } from "node:fs"
import { delimiter, join } from "node:path"

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

/**
 * Says which process a pid is now: its start time and command line. A pid alone is not enough, numbers come back. Undefined when
 * nobody has the pid.
 */
export const processIdentity = (pid: number): string | undefined => {
  try {
    if (existsSync("/proc/self/stat")) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      if (fields[0] === "Z") return undefined
      return `${fields[19]} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()}`
    }
    return execFileSync("ps", ["-o", "lstart=,command=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined
  } catch {
    return undefined
  }
}
