import { changeOfCount, changeOfMean, changeOfShare } from "#lib/format/change.ts"
import type { Change } from "#lib/format/change.ts"
import { compact, duration, full, percent, percentExact } from "#lib/format/numbers.ts"
import type { Metrics } from "@footfall/sdk/api"

export type MetricId = keyof Metrics

interface MetricSpec {
  readonly id: MetricId
  readonly label: string
  /** What is counted, in a sentence; shown where the number needs explaining. */
  readonly definition: string
  /** In little room, on axes and cards. */
  readonly short: (value: number) => string
  /** With every digit, in tables and tooltips. */
  readonly exact: (value: number) => string
  /** The unit of its axis. */
  readonly unit: "count" | "share" | "seconds"
  readonly change: (current: Metrics, previous: Metrics) => Change
}

const count = (id: "visitors" | "visits" | "pageviews", label: string, definition: string): MetricSpec => ({
  id,
  label,
  definition,
  short: compact,
  exact: full,
  unit: "count",
  change: (current, previous) => changeOfCount(current[id], previous[id]),
})

export const metrics: ReadonlyArray<MetricSpec> = [
  count("visitors", "Visitors", "Distinct people with at least one matching event."),
  count("visits", "Visits", "Sessions that started in the period and contain at least one matching event."),
  count("pageviews", "Pageviews", "Matching page views."),
  {
    id: "bounceRate",
    label: "Bounce rate",
    definition: "Share of visits with exactly one page view and no custom event.",
    short: percent,
    exact: percentExact,
    unit: "share",
    change: (current, previous) => changeOfShare(current.bounceRate, previous.bounceRate, [current.visits, previous.visits], true),
  },
  {
    id: "visitDuration",
    label: "Visit duration",
    definition: "Mean time from the first to the last event of a visit, zeros included.",
    short: duration,
    exact: duration,
    unit: "seconds",
    change: (current, previous) => changeOfMean(current.visitDuration, previous.visitDuration, [current.visits, previous.visits]),
  },
]

/** The metric that the address bar names, visitors when it names none. */
export const metricCalled = (id: string | null): MetricSpec => metrics.find((metric) => metric.id === id) ?? metrics[0]!
