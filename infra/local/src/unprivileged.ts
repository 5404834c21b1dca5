import { execFileSync } from "node:child_process"
import { statSync } from "node:fs"
import { dirname } from "node:path"
import { isRoot, onPath } from "./machine.ts"

/** Who runs a program that refuses to run as root, and how it is called as that user. */
export interface Unprivileged {
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  command(program: string, args: ReadonlyArray<string>): readonly [string, ReadonlyArray<string>]
}

const idsOf = (user: string): { uid: number; gid: number } | undefined => {
  try {
    const id = (flag: string) => Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))
    return { uid: id("-u"), gid: id("-g") }
  } catch {
    return undefined
  }
}

/** Whether everybody may pass through every folder above `file`. */
const reachable = (file: string): boolean => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/**
 * As ourselves, unless we are root: then as the user `postgres` or `nobody`, through `setpriv`. When a folder above `files` is closed
 * to that user (a checkout in /root, a private temp folder), the program also gets the one right to read and pass (CAP_DAC_READ_SEARCH).
 */
export const unprivileged = (files: ReadonlyArray<string>): Unprivileged => {
  if (!isRoot()) return { owner: undefined, command: (program, args) => [program, args] }
  const owner = idsOf("postgres") ?? idsOf("nobody")
  if (owner === undefined || onPath("setpriv") === undefined) {
    throw new Error(
      "Postgres refuses to run as root, and this machine has no user 'postgres' or 'nobody' or no 'setpriv' (util-linux). Run as another user, or give DATABASE_URL.",
    )
  }
  const rights = files.every(reachable) ? "-all" : "-all,+dac_read_search"
  const flags = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    `--inh-caps=${rights}`,
    `--ambient-caps=${rights}`,
    `--bounding-set=${rights}`,
  ]
  return { owner, command: (program, args) => ["setpriv", [...flags, program, ...args]] }
}
