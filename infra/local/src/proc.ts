import { readFileSync, readdirSync } from "node:fs"

/** All processes of the machine; needs a /proc. */
export const processIds = (): ReadonlyArray<number> =>
  readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0)

/** The fields of /proc/PID/stat behind the name, which may hold anything: state, parent, group and so on (proc(5) counts from 3 here). Throws when nobody has the pid. */
export const statOf = (pid: number): ReadonlyArray<string> => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")
}

/** The command line of a process; empty for one that has ended and was not waited for. Throws when nobody has the pid. */
export const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
