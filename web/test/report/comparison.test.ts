import type { Timeseries } from "@footfall/sdk/api"
import { expect, test } from "vitest"
import { comparisonOf, isCompared } from "#lib/report/question/comparison.ts"
import { changeOf, metrics } from "#lib/report/question/metrics.ts"

const totals = (visits: number, pageviews = visits * 3) => ({ visitors: visits, visits, pageviews, bounceRate: 0.5, visitDuration: 60 })

const answer = (firstEventAt: string | null, now: number, before: number): Timeseries => ({
  from: "2026-10-28T00:00:00Z",
  to: "2026-11-27T00:00:00Z",
  timeZone: "UTC",
  interval: "day",
  metrics: ["visitors", "visits", "pageviews", "bounceRate", "visitDuration"],
  buckets: [],
  totals: totals(now),
  comparison: {
    from: "2026-09-28T00:00:00Z",
    to: "2026-10-28T00:00:00Z",
    totalsTo: "2026-10-28T00:00:00Z",
    buckets: [],
    totals: totals(before),
  },
  firstEventAt,
  meta: { exact: true, rowsRead: 0, bytesRead: 0, elapsedMs: 0 },
})

test("a period that begins before the first event is compared with nothing, and the day is told", () => {
  const comparison = comparisonOf(answer("2026-10-27T09:15:00Z", 12_000, 5))
  expect(comparison).toEqual({ kind: "before-data", firstDay: "2026-10-27" })
  expect(isCompared(comparison)).toBe(false)
  // What began in the course of that day began with it.
  expect(comparisonOf(answer("2026-09-28T09:15:00Z", 12_000, 900))).toEqual({ kind: "on" })
  expect(comparisonOf({ ...answer("2026-09-01T00:00:00Z", 9, 9), comparison: null })).toEqual({ kind: "off" })
})

test("one threshold holds for all key numbers: the visits of both sides", () => {
  expect(comparisonOf(answer("2026-01-01T00:00:00Z", 12_000, 4))).toEqual({ kind: "too-few" })
  for (const [now, before] of [
    [totals(12_000), totals(4, 5)],
    [totals(4), totals(12_000)],
  ] as const)
    expect(metrics.map((metric) => changeOf(metric, now, before).kind)).toEqual(metrics.map(() => "none"))
  expect(metrics.map((metric) => changeOf(metric, totals(20), totals(10)).kind)).toEqual(metrics.map(() => "moved"))
})
