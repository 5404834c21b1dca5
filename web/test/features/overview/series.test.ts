import { expect, test } from "vitest"
import type { Timeseries } from "@footfall/sdk/api"
import { toSeries, toSteps } from "#lib/features/overview/series.ts"

const metrics = (visitors: number, bounceRate: number | null = null) => ({
  visitors,
  visits: visitors,
  pageviews: visitors * 2,
  bounceRate,
  visitDuration: null,
})
const meta = { exact: true, rowsRead: 0, bytesRead: 0, elapsedMs: 0 }

const hours = (from: string, counts: ReadonlyArray<number>, partialFrom = Infinity): Timeseries["buckets"] =>
  counts.map((count, index) => ({
    start: new Date(Date.parse(from) + index * 3_600_000).toISOString(),
    end: new Date(Date.parse(from) + (index + 1) * 3_600_000).toISOString(),
    partial: index >= partialFrom,
    metrics: metrics(count),
  }))

const answer = (over: Partial<Timeseries> & Pick<Timeseries, "buckets">): Timeseries => ({
  from: over.buckets[0]!.start,
  to: over.buckets.at(-1)!.end,
  timeZone: "UTC",
  interval: "hour",
  metrics: ["visitors"],
  totals: metrics(0),
  comparison: null,
  firstEventAt: null,
  meta,
  ...over,
})

test("the hour that runs is unfinished, and hours to come have no value rather than zero", () => {
  const series = toSeries(
    answer({ buckets: hours("2026-11-23T00:00:00Z", [5, 3, 0, 0], 1) }),
    "visitors",
    Date.parse("2026-11-23T01:20:00Z"),
  )
  expect(series.map(({ value, unfinished }) => [value, unfinished])).toEqual([
    [5, false],
    [3, true],
    [null, false],
    [null, false],
  ])
})

test("a sparkline has the gaps and the unfinished end of the chart", () => {
  const buckets = hours("2026-11-23T00:00:00Z", [5, 3, 0], 1)
  const now = Date.parse("2026-11-23T01:20:00Z")
  const chart = toSeries(answer({ buckets }), "visitors", now)
  expect(toSteps({ buckets }, "visitors", now)).toEqual(chart.map(({ value, unfinished }) => ({ value, unfinished })))
  expect(toSteps({ buckets }, "bounceRate", now).map((step) => step.value)).toEqual([null, null, null])
})

test("steps are named by the project's clock, also through the night that has two two-o'clocks", () => {
  // Berlin goes back from summer time on 25 October 2026 at 01:00 UTC: the day has 25 hours.
  const buckets = hours("2026-10-24T22:00:00Z", Array(25).fill(1))
  const series = toSeries(answer({ buckets, timeZone: "Europe/Berlin" }), "visitors", Date.parse("2026-11-01T00:00:00Z"))
  expect(series).toHaveLength(25)
  expect(series.slice(0, 5).map((point) => point.short)).toEqual(["00:00", "01:00", "02:00", "02:00", "03:00"])
  expect(new Set(series.map((point) => point.key)).size).toBe(25)
  expect(series[0]!.long).toBe("Sun, Oct 25, 2026, 00:00")
})

test("the comparison goes by position, and a mean of nothing is a gap", () => {
  const buckets = hours("2026-11-23T00:00:00Z", [5, 3])
  const comparison = { from: "", to: "", totalsTo: "", totals: metrics(0), buckets: hours("2026-11-22T00:00:00Z", [4]) }
  const series = toSeries(answer({ buckets, comparison }), "visitors", Date.parse("2026-11-24T00:00:00Z"))
  expect(series[0]!.previous).toEqual({ long: "Sun, Nov 22, 2026, 00:00", value: 4 })
  expect(series[1]!.previous).toBeUndefined()
  expect(toSeries(answer({ buckets, comparison }), "visitors", Date.now(), false)[0]!.previous).toBeUndefined()
  const empty = { ...hours("2026-11-22T00:00:00Z", [0])[0]!, end: "2026-11-22T00:00:00.000Z" }
  // What has no like, as 29 February, is not zero.
  expect(
    toSeries(answer({ buckets, comparison: { ...comparison, buckets: [empty] } }), "visitors", Date.now())[0]!.previous?.value,
  ).toBeNull()
  expect(toSeries(answer({ buckets }), "bounceRate", Date.now()).map((point) => point.value)).toEqual([null, null])
})

test("days, weeks and months have names of their own", () => {
  const bucket = { start: "2026-11-02T00:00:00Z", end: "2026-11-09T00:00:00Z", partial: false, metrics: metrics(1) }
  const named = (interval: Timeseries["interval"]) => {
    const [point] = toSeries(answer({ buckets: [bucket], interval }), "visitors", Date.now())
    return [point!.short, point!.long]
  }
  expect(named("day")).toEqual(["Nov 2", "Mon, Nov 2, 2026"])
  expect(named("week")).toEqual(["Nov 2", "Week of Mon, Nov 2, 2026"])
  expect(named("month")).toEqual(["Nov 26", "November 2026"])
})

test("weeks are marked by the months and years that begin with them", () => {
  const buckets = Array.from({ length: 11 }, (_, week) => {
    const start = Date.parse("2026-11-23T00:00:00Z") + week * 7 * 86_400_000
    return { start: new Date(start).toISOString(), end: "", partial: false, metrics: metrics(1) }
  })
  const ticks = toSeries(answer({ buckets, interval: "week" }), "visitors", Date.now()).map((point) => point.tick)
  expect(ticks).toEqual(["", "", "Dec", "", "", "", "2027", "", "", "", "Feb"])
})
