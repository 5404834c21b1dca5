import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { writeWhole } from "../state-file.ts"
import { readOrRefuse } from "./read-or-refuse.ts"

/** What the demo remembers between runs; it holds keys, so only the user may read the file. */
export interface DemoState {
  /** The layout of this file. */
  readonly layout: typeof LAYOUT
  /** Where the instance's query service answered last. */
  readonly queryUrl: string
  readonly projectId: string
  readonly writeKey: string
  readonly secretKey: string
  /** The stretch that was made up last, and how many of its events have been accepted. */
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly sent: number
  readonly filled: boolean
  /** About how many events the first stretch has. */
  readonly events: number
  /** How busy the site is, known when the first stretch is filled: later ones and live traffic go on at this pace. */
  readonly pace?: number
  /** Up to when live traffic has been sent, epoch ms. */
  readonly liveUntil?: number
}

/** Raised with each change of the layout: a project of an earlier one is not gone on with. */
export const LAYOUT = 2

/** What an earlier run of this version left, or undefined. */
export const readState = (file: string): DemoState | undefined => {
  const found = readOrRefuse(file, "remove it and run the demo again") as DemoState | undefined
  return found?.layout === LAYOUT ? found : undefined
}

/** Writes the file whole or not at all, for the user's eyes only. */
export const writeState = (file: string, state: DemoState): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeWhole(file, `${JSON.stringify(state, null, 2)}\n`)
}
