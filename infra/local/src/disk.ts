import { statfsSync, type StatsFs } from "node:fs"
import { messageOf } from "./unable.ts"

/** With less than this, in bytes, programs that write a log and a journal do not get far. */
const nothing = 1024 * 1024

/** Whether nothing more can be written there. A file system without blocks (/proc, some of a network) does not tell. */
export const isFull = ({ blocks, bavail, bsize }: Pick<StatsFs, "blocks" | "bavail" | "bsize">): boolean =>
  blocks > 0 && bavail * bsize < nothing

/** "The disk with FOLDER is full.", or undefined while it is not. */
export const fullDisk = (folder: string): string | undefined => {
  try {
    return isFull(statfsSync(folder)) ? `The disk with ${folder} is full.` : undefined
  } catch {
    // The caller has a failure to report already.
    return undefined
  }
}

const unwritable = new Set(["EROFS", "EACCES", "ENOSPC", "EDQUOT"])

/** What a person is told when something cannot be written to a data folder: why, and what to do. */
export const unwritableSentence = (cause: unknown, folder: string): string => {
  const reason = fullDisk(folder) ?? `Footfall cannot write to ${folder}.`
  return `${messageOf(cause)}\n${reason} Make it writable, or name another folder in FOOTFALL_DATA.`
}

/** What a person is told about a failure around a data folder: its message, and where the disk is the reason, that and what to do. */
export const sentenceOf = (cause: unknown, folder: string): string => {
  if (cause instanceof Error && unwritable.has(String((cause as NodeJS.ErrnoException).code))) return unwritableSentence(cause, folder)
  const message = messageOf(cause)
  const full = fullDisk(folder)
  return full === undefined ? message : `${message}\n${full}`
}
