import type { Breakdown, BreakdownRow, Dimension } from "@footfall/sdk/api"
import { changeOfCount } from "#lib/format/change.ts"
import type { Change } from "#lib/format/change.ts"
import { dimensions } from "./dimensions.ts"

/** A row as it is shown. */
export interface Row {
  readonly value: string
  readonly label: string
  readonly visitors: number
  readonly visits: number
  readonly pageviews: number
  readonly events: number
  /** Of all visitors that match, from 0 to 1. Rows can add up to more, since one person can be in several, or to less, where some are in none. */
  readonly share: number
  /** Visitors of the compared range; undefined when nothing is compared. */
  readonly before: number | undefined
  readonly change: Change | undefined
}

/**
 * Rows ready to be shown. `compared` tells a value that was absent before from one that nobody asked about. `everyone` is how many
 * visitors match in all: a list of events knows those only who did something.
 */
export const toRows = (
  dimension: Dimension,
  answer: Pick<Breakdown, "rows" | "totalVisitors">,
  compared: boolean,
  everyone: number,
): ReadonlyArray<Row> => {
  const all = dimension === "event" ? Math.max(everyone, answer.totalVisitors) : answer.totalVisitors
  return answer.rows.map((row: BreakdownRow) => {
    const before = compared ? (row.previous?.visitors ?? 0) : undefined
    return {
      value: row.value,
      label: dimensions[dimension].valueLabel(row.value),
      visitors: row.visitors,
      visits: row.visits,
      pageviews: row.pageviews,
      events: row.events,
      share: all > 0 ? row.visitors / all : 0,
      before,
      change: before === undefined ? undefined : changeOfCount(row.visitors, before),
    }
  })
}
