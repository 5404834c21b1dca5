import { changeOfCount, changeOfMean, changeOfShare, tooFew } from "#lib/format/change.ts"
import type { Change } from "#lib/format/change.ts"
import { brief, compact, duration, full, percent, percentExact } from "#lib/format/numbers.ts"
import type { Dimension, Metrics } from "@footfall/sdk/api"

export type MetricId = keyof Metrics

interface MetricSpec {
  readonly id: MetricId
  readonly label: string
  /** What is counted, in a sentence; shown where the number needs explaining. */
  readonly definition: string
  /** In little room, on cards. */
  readonly short: (value: number) => string
  /** On an axis. */
  readonly tick: (value: number) => string
  /** With every digit, in tables and tooltips. */
  readonly exact: (value: number) => string
  /** The unit of its axis. */
  readonly unit: "count" | "share" | "seconds"
  readonly change: (current: Metrics, previous: Metrics) => Change
}

/** Whether two ranges have enough visits for any of their numbers to be compared: one threshold for all metrics. */
export const comparable = (current: Metrics, previous: Metrics): boolean => Math.min(current.visits, previous.visits) >= tooFew

/** A change, where the two can be compared. */
const between =
  (change: (current: Metrics, previous: Metrics) => Change) =>
  (current: Metrics, previous: Metrics): Change =>
    comparable(current, previous) ? change(current, previous) : { kind: "none" }

const count = (id: "visitors" | "visits" | "pageviews", label: string, definition: string): MetricSpec => ({
  id,
  label,
  definition,
  short: brief,
  tick: compact,
  exact: full,
  unit: "count",
  change: between((current, previous) => changeOfCount(current[id], previous[id])),
})

export const metrics: ReadonlyArray<MetricSpec> = [
  count("visitors", "Visitors", "Distinct people with at least one matching event."),
  count(
    "visits",
    "Visits",
    "Visits that started in the period and contain at least one matching event. A visit ends after 30 minutes without an event.",
  ),
  count("pageviews", "Page views", "Matching page views."),
  {
    id: "bounceRate",
    label: "Bounce rate",
    definition: "Share of visits with exactly one page view and no custom event.",
    short: percent,
    tick: percent,
    exact: percentExact,
    unit: "share",
    change: between((current, previous) => changeOfShare(current.bounceRate, previous.bounceRate)),
  },
  {
    id: "visitDuration",
    label: "Visit duration",
    definition: "Average time from the first to the last event of a visit; one-event visits count as 0 s.",
    short: duration,
    tick: duration,
    exact: duration,
    unit: "seconds",
    change: between((current, previous) => changeOfMean(current.visitDuration, previous.visitDuration)),
  },
]

/** The metric that the address bar names, visitors when it names none. */
export const metricCalled = (id: string | null): MetricSpec => metrics.find((metric) => metric.id === id) ?? metrics[0]!

/** The metrics that rows have too. */
export type RowMetric = "visitors" | "visits" | "pageviews"

/** What rows of `dimension` are about when `chosen` is what the chart shows: rates have no rows, and custom events no pageviews. */
export const rowMetric = (chosen: MetricId, dimension: Dimension): RowMetric =>
  chosen === "visits" || (chosen === "pageviews" && dimension !== "event") ? chosen : "visitors"
