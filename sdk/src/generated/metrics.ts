// Generated from contracts/openapi/components/metrics.yaml by scripts/generate.ts - do not edit.

/** Every metric of the API: its name, its unit, whether more or less of it is better, and what it counts. */
export const metrics = {
  visitors: {
    label: "Visitors",
    unit: "count",
    better: "higher",
    definition: "Distinct people with at least one matching event.",
  },
  visits: {
    label: "Visits",
    unit: "count",
    better: "higher",
    definition: "Visits that started in the period and contain at least one matching event. A visit ends after 30 minutes without an event.",
  },
  pageviews: {
    label: "Page views",
    unit: "count",
    better: "higher",
    definition: "Matching page views.",
  },
  events: {
    label: "Events",
    unit: "count",
    better: "higher",
    definition: "Matching custom events.",
  },
  bounceRate: {
    label: "Bounce rate",
    unit: "share",
    better: "lower",
    definition: "Share of visits with exactly one page view and no custom event.",
  },
  visitDuration: {
    label: "Visit duration",
    unit: "seconds",
    better: "higher",
    definition: "Average seconds from the first to the last event of a visit; visits of one event count as 0.",
  },
} as const
