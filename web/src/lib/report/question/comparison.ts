import type { Timeseries } from "@footfall/sdk/api"
import { dayIn } from "#lib/format/days.ts"
import type { Day } from "#lib/format/days.ts"
import { comparable } from "./metrics.ts"

/**
 * What the compared range is good for. `off`: nothing was compared. `before-data`: it begins before the project did, so that every
 * change would be made up. `too-few`: the whole has too few visits, though single rows may have enough. `on`: all is compared.
 */
export type Comparison =
  | { readonly kind: "off" }
  | { readonly kind: "before-data"; readonly firstDay: Day }
  | { readonly kind: "too-few" }
  | { readonly kind: "on" }

/** What can be compared in an answer. */
export const comparisonOf = ({ timeZone, comparison, firstEventAt, totals }: Timeseries): Comparison => {
  if (comparison === null) return { kind: "off" }
  const firstDay = firstEventAt === null ? undefined : dayIn(timeZone, Date.parse(firstEventAt))
  if (firstDay !== undefined && dayIn(timeZone, Date.parse(comparison.from)) < firstDay) return { kind: "before-data", firstDay }
  return { kind: comparable(totals, comparison.totals) ? "on" : "too-few" }
}

/** Whether there is a range whose numbers may stand beside those of the asked one. */
export const isCompared = ({ kind }: Comparison): boolean => kind === "on" || kind === "too-few"
