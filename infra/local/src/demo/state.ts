import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { writeWhole } from "../state-file.ts"
import { readOrRefuse } from "./read-or-refuse.ts"

/** What the demo remembers between runs; it holds keys, so only the user may read the file. */
export interface DemoState {
  /** Where the instance's query service answered last. */
  readonly queryUrl: string
  readonly projectId: string
  readonly writeKey: string
  readonly secretKey: string
  /** The owner, when the demo made him. */
  readonly owner?: Credentials
  /** What the past is made of, and how much of it has been accepted. */
  readonly seed: number
  readonly to: number
  readonly days: number
  readonly events: number
  readonly sent: number
  readonly filled: boolean
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** What an earlier run left, or undefined. */
export const readState = (file: string): DemoState | undefined =>
  readOrRefuse(file, "remove it and run the demo again") as DemoState | undefined

/** Writes the file whole or not at all, for the user's eyes only. */
export const writeState = (file: string, state: DemoState): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeWhole(file, `${JSON.stringify(state, null, 2)}\n`)
}
