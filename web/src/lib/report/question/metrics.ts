import { metrics as known } from "@footfall/sdk/api"
import type { Dimension, Metric, Metrics } from "@footfall/sdk/api"
import { changeOfCount, changeOfMean, changeOfShare, tooFew } from "#lib/format/change.ts"
import type { Change } from "#lib/format/change.ts"
import { brief, compact, duration, full, percent, percentExact } from "#lib/format/numbers.ts"

type Unit = (typeof known)[Metric]["unit"]

interface Format {
  /** In little room, on cards. */
  readonly short: (value: number) => string
  /** On an axis. */
  readonly tick: (value: number) => string
  /** With every digit, in tables and tooltips. */
  readonly exact: (value: number) => string
  readonly change: (current: number | null, previous: number | null, better: "higher" | "lower") => Change
}

/** How numbers of a unit are written and compared. */
const formats: Readonly<Record<Unit, Format>> = {
  count: {
    short: brief,
    tick: compact,
    exact: full,
    change: (current, previous, better) => changeOfCount(current ?? 0, previous ?? 0, better),
  },
  share: { short: percent, tick: percent, exact: percentExact, change: changeOfShare },
  seconds: { short: duration, tick: duration, exact: duration, change: changeOfMean },
}

/** The key numbers, in the order in which they stand: their names, units and definitions are the API's. */
const shown = ["visitors", "visits", "pageviews", "bounceRate", "visitDuration"] as const

export type MetricId = (typeof shown)[number]

export const metrics = shown.map((id) => ({ id, ...known[id], ...formats[known[id].unit] }))

/** A number of an answer; null when it has no value or was not asked for. */
export const valueOf = (numbers: Metrics, id: Metric): number | null => numbers[id] ?? null

/** A count of an answer. */
export const countOf = (numbers: Metrics, id: Metric): number => numbers[id] ?? 0

/** Whether two ranges have enough visits for any of their numbers to be compared: one threshold for all metrics. */
export const comparable = (current: Metrics, previous: Metrics): boolean =>
  Math.min(countOf(current, "visits"), countOf(previous, "visits")) >= tooFew

/** How a key number changed, where the two can be compared. */
export const changeOf = ({ id, change, better }: (typeof metrics)[number], current: Metrics, previous: Metrics): Change =>
  comparable(current, previous) ? change(valueOf(current, id), valueOf(previous, id), better) : { kind: "none" }

/** The metric that the address bar names, visitors when it names none. */
export const metricCalled = (id: string | null) => metrics.find((metric) => metric.id === id) ?? metrics[0]!

/** The metrics that rows have too. */
export type RowMetric = "visitors" | "visits" | "pageviews"

/** What rows of `dimension` are about when `chosen` is what the chart shows: rates have no rows, and custom events no pageviews. */
export const rowMetric = (chosen: MetricId, dimension: Dimension): RowMetric =>
  chosen === "visits" || (chosen === "pageviews" && dimension !== "event") ? chosen : "visitors"
