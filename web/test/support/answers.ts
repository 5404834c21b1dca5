import type { Breakdown, Dimension, Timeseries } from "@footfall/sdk/api"
import type { Failure } from "#lib/answer.ts"
import type { Report } from "#lib/report/live/report.ts"

const meta = { exact: true, rowsRead: 0, bytesRead: 0, elapsedMs: 0 }
const range = { from: "2026-10-25T00:00:00Z", to: "2026-11-24T00:00:00Z", timeZone: "UTC" }

/** A breakdown with these values, each of one visitor more than the next. */
export const breakdown = (dimension: Dimension, values: ReadonlyArray<string>, more: Partial<Breakdown> = {}): Breakdown => ({
  ...range,
  dimension,
  metrics: ["visitors", "visits", "pageviews", "events"],
  rows: values.map((value, place) => ({ value, visitors: values.length - place, visits: 1, pageviews: 1, events: 0, previous: null })),
  totalVisitors: values.length,
  totalRows: values.length,
  nextCursor: null,
  meta,
  ...more,
})

/** A time series without buckets, of so many visitors. */
export const timeseries = (visitors: number): Timeseries => ({
  ...range,
  interval: "day",
  metrics: ["visitors", "visits", "pageviews", "bounceRate", "visitDuration"],
  buckets: [],
  totals: { visitors, visits: visitors, pageviews: visitors, bounceRate: 0, visitDuration: 0 },
  comparison: null,
  firstEventAt: "2026-01-01T00:00:00Z",
  meta,
})

export const failure = (retryAfter?: number): Failure => ({
  status: 503,
  title: "Unavailable",
  detail: "The warehouse is not responding.",
  errors: [],
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

/** A page with one card, as the server brings or answers it. */
export const report = (visitors: number, more: Partial<Report> = {}): Report => ({
  address: "",
  now: Date.UTC(2026, 10, 23, 12),
  timeseries: { ok: true, value: timeseries(visitors) },
  online: 1,
  latestArrival: "2026-11-23T11:59:00Z",
  firstDay: "2026-01-01",
  cards: { pages: { dimension: "page", answer: { ok: true, value: breakdown("page", ["/"]) } } },
  ...more,
})
