import type { Point, Step } from "#lib/charts/point.ts"
import type { Bucket, Timeseries } from "@footfall/sdk/api"
import type { MetricId } from "./metrics.ts"

type Interval = Timeseries["interval"]

/** How a bucket of this width is called: briefly on the axis, fully in the tooltip and the table. Hours run from 0 to 23 everywhere. */
const namer = (interval: Interval, timeZone: string, days: number) => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat("en", { ...options, timeZone, hourCycle: "h23" })
    return (bucket: Bucket) => formatter.format(new Date(bucket.start))
  }
  const fullDay = format({ weekday: "short", month: "short", day: "numeric", year: "numeric" })
  switch (interval) {
    case "hour": {
      const hour = format({ hour: "2-digit", minute: "2-digit" })
      return {
        short: days > 2 ? format({ month: "short", day: "numeric" }) : hour,
        long: (bucket: Bucket) => `${fullDay(bucket)}, ${hour(bucket)}`,
      }
    }
    case "day":
      return { short: format({ month: "short", day: "numeric" }), long: fullDay }
    case "week":
      return { short: format({ month: "short", day: "numeric" }), long: (bucket: Bucket) => `Week of ${fullDay(bucket)}` }
    case "month":
      return { short: format({ month: "short", year: "2-digit" }), long: format({ month: "long", year: "numeric" }) }
  }
}

/**
 * One metric of an answer, step by step. A bucket that begins after `now` (epoch milliseconds) has no value yet; one that is cut short
 * is marked, so that nobody reads it as a fall.
 */
export const toSteps = (answer: Pick<Timeseries, "buckets">, metric: MetricId, now: number): ReadonlyArray<Step> =>
  answer.buckets.map((bucket) => {
    const ahead = Date.parse(bucket.start) > now
    return { value: ahead ? null : bucket.metrics[metric], unfinished: bucket.partial && !ahead }
  })

/** The steps of a metric with their names, for a chart. The comparison goes by position: the third day against the third day. */
export const toSeries = (answer: Timeseries, metric: MetricId, now: number): ReadonlyArray<Point> => {
  const days = (Date.parse(answer.to) - Date.parse(answer.from)) / 86_400_000
  const name = namer(answer.interval, answer.timeZone, days)
  const steps = toSteps(answer, metric, now)
  return answer.buckets.map((bucket, index) => {
    const before = answer.comparison?.buckets[index]
    return {
      ...steps[index]!,
      key: bucket.start,
      short: name.short(bucket),
      long: name.long(bucket),
      ...(before ? { previous: { long: name.long(before), value: before.metrics[metric] } } : {}),
    }
  })
}
