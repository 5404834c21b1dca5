import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from "node:fs"
import { processIds, statOf } from "./proc.ts"

/** Who listens on a port: nobody, a process group of ours and nobody else, or another program. */
export type PortHolder = "nobody" | "ours" | "another"

interface Listener {
  readonly inode: string
  readonly uid: number
}

/** The addresses on which a listener answers for 127.0.0.1 or ::1, as /proc/net writes them. */
const loopback = new Set([
  "00000000",
  "0100007F",
  "00000000000000000000000000000000",
  "00000000000000000000000001000000",
  "0000000000000000FFFF00000100007F",
])
const listening = "0A"

const listenersOn = (port: number): ReadonlyArray<Listener> =>
  ["/proc/net/tcp", "/proc/net/tcp6"].filter(existsSync).flatMap((table) =>
    readFileSync(table, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = "", , state]) => {
        const [address = "", at = ""] = local.split(":")
        return state === listening && Number.parseInt(at, 16) === port && loopback.has(address)
      })
      .map((fields) => ({ inode: fields[9] ?? "", uid: Number(fields[7]) })),
  )

const groupOf = (pid: number): number => {
  try {
    return Number(statOf(pid)[2])
  } catch {
    return -1
  }
}

const membersOf = (group: number): ReadonlyArray<number> => processIds().filter((pid) => groupOf(pid) === group)

/** The sockets of a process, or undefined when we may not see them. */
const socketsOf = (pid: number): ReadonlySet<string> | undefined => {
  try {
    const files = readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`)
      } catch {
        return ""
      }
    })
    return new Set(files)
  } catch {
    return undefined
  }
}

const uidOf = (pid: number): number => {
  try {
    return statSync(`/proc/${pid}`).uid
  } catch {
    return -1
  }
}

/** Root in a container may not see the files of a process that runs as another user; then the listener's user has to do. */
const holds = (pid: number, { inode, uid }: Listener): boolean => {
  const sockets = socketsOf(pid)
  return sockets === undefined ? uidOf(pid) === uid : sockets.has(`socket:[${inode}]`)
}

/**
 * Who listens on `port` for this machine: the process group that `leader` leads, or somebody else. Whether a port answers tells nothing,
 * for anybody may answer. Where there is no /proc it cannot be told, and a port is taken for ours.
 */
export const portHolder = (port: number, leader: number): PortHolder => {
  if (!existsSync("/proc/net/tcp")) return "ours"
  const listeners = listenersOn(port)
  if (listeners.length === 0) return "nobody"
  if (listeners.every((one) => holds(leader, one))) return "ours"
  const members = membersOf(leader)
  return listeners.every((one) => members.some((pid) => holds(pid, one))) ? "ours" : "another"
}
