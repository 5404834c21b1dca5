import { Dimension } from "@footfall/contracts/generated/shared"

export { Dimension }

/** Where a dimension is stored, and whose it is. */
interface Stored {
  /** Its column in events, and in sessions if it is theirs. */
  readonly column: string
  /** Whether it belongs to the event itself; all others are decided by the session's first event, and the same on all its events. */
  readonly isOfEvent: boolean
}

const ofEvent = (column: string): Stored => ({ column, isOfEvent: true })
const ofSession = (column: string): Stored => ({ column, isOfEvent: false })

/** Every dimension of the contract. A new one of the session is one line more; one of the event also needs a list in sessions (sql/filters.ts). */
const DIMENSIONS: Readonly<Record<Dimension, Stored>> = {
  page: ofEvent("path"),
  event: ofEvent("name"),
  entry_page: ofSession("entry_path"),
  source: ofSession("source"),
  channel: ofSession("channel"),
  referrer: ofSession("referrer"),
  utm_source: ofSession("utm_source"),
  utm_medium: ofSession("utm_medium"),
  utm_campaign: ofSession("utm_campaign"),
  utm_term: ofSession("utm_term"),
  utm_content: ofSession("utm_content"),
  country: ofSession("country"),
  region: ofSession("region"),
  city: ofSession("city"),
  language: ofSession("language"),
  browser: ofSession("browser"),
  browser_version: ofSession("browser_version"),
  os: ofSession("os"),
  os_version: ofSession("os_version"),
  device: ofSession("device"),
}

/** The column of a dimension. */
export const columnOf = (dimension: Dimension): string => DIMENSIONS[dimension].column

/** Whether a dimension belongs to the event; a session has several values of it. */
export const isOfEvent = (dimension: Dimension): boolean => DIMENSIONS[dimension].isOfEvent

/** Whether there is a dimension of this name. */
export const isDimension = (name: string): name is Dimension => Object.hasOwn(DIMENSIONS, name)
