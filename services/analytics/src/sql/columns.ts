import type { Dimension } from "../domain/Filter.ts"

/** The column of each dimension; the same in events and sessions, except the two that only events have. */
export const COLUMN: Record<Dimension, string> = {
  page: "path",
  event: "name",
  entry_page: "entry_path",
  source: "source",
  channel: "channel",
  utm_source: "utm_source",
  utm_medium: "utm_medium",
  utm_campaign: "utm_campaign",
  country: "country",
  browser: "browser",
  os: "os",
  device: "device",
}
