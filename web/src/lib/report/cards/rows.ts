import type { Breakdown, BreakdownRow, Dimension } from "@footfall/sdk/api"
import { changeOfCount } from "#lib/format/change.ts"
import type { Change } from "#lib/format/change.ts"
import { dimensions } from "#lib/report/question/dimensions.ts"
import { countOf } from "#lib/report/question/metrics.ts"
import type { RowMetric } from "#lib/report/question/metrics.ts"

/** A row as it is shown. */
export interface Row {
  readonly value: string
  readonly label: string
  readonly visitors: number
  readonly visits: number
  readonly pageviews: number
  readonly events: number
  /** What the row is ordered and drawn by: its visitors, visits or pageviews. */
  readonly amount: number
  /** Of all that match, from 0 to 1. Rows can add up to more, since one person can be in several, or to less, where some are in none. */
  readonly share: number
  /** The same of the compared range; undefined when nothing is compared. */
  readonly before: number | undefined
  readonly change: Change | undefined
}

/** All that matches, as far as it is known. */
export type Whole = Readonly<Record<RowMetric, number>>

const mostFirst = (rows: Breakdown["rows"], metric: RowMetric): Breakdown["rows"] =>
  rows.toSorted((a, b) => countOf(b, metric) - countOf(a, metric))

/** The best `count` rows by each of the metrics that a card can show, in the order of the API: most visitors first, ties by value. */
export const leaders = (rows: Breakdown["rows"], count: number): Breakdown["rows"] => {
  const by = (metric: RowMetric) => mostFirst(rows, metric).slice(0, count)
  const leading = new Set([...by("visitors"), ...by("visits"), ...by("pageviews")])
  return rows.filter((row) => leading.has(row))
}

/**
 * Rows ready to be shown, most of `metric` first. `compared` tells a value that was absent before from one that nobody asked about.
 * `whole` is all that matches: a list of events knows those only who did something.
 */
export const toRows = (
  dimension: Dimension,
  answer: Pick<Breakdown, "rows" | "totalVisitors">,
  compared: boolean,
  whole: Whole,
  metric: RowMetric = "visitors",
): ReadonlyArray<Row> => {
  const visitors = dimension === "event" ? Math.max(whole.visitors, answer.totalVisitors) : answer.totalVisitors
  const all = metric === "visitors" ? visitors : whole[metric]
  const ranked = metric === "visitors" ? answer.rows : mostFirst(answer.rows, metric)
  return ranked.map((row: BreakdownRow) => {
    const amount = countOf(row, metric)
    const before = compared ? countOf(row.previous ?? {}, metric) : undefined
    return {
      value: row.value,
      label: dimensions[dimension].valueLabel(row.value),
      visitors: countOf(row, "visitors"),
      visits: countOf(row, "visits"),
      pageviews: countOf(row, "pageviews"),
      events: countOf(row, "events"),
      amount,
      // Asked a moment later, there can be more of a row than there was of everything.
      share: all > 0 ? Math.min(1, amount / all) : 0,
      before,
      change: before === undefined ? undefined : changeOfCount(amount, before),
    }
  })
}
