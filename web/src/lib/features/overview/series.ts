import type { Point, Step } from "#lib/charts/point.ts"
import type { Bucket, Timeseries } from "@footfall/sdk/api"
import { valueOf } from "#lib/report/question/metrics.ts"
import type { MetricId } from "#lib/report/question/metrics.ts"

type Interval = Timeseries["interval"]

interface Names {
  readonly short: (bucket: Bucket) => string
  readonly long: (bucket: Bucket) => string
  /** What stands below it on the axis, where the steps cannot simply be counted off: the month or year that begins with it. */
  readonly tick?: (bucket: Bucket, before: Bucket | undefined) => string
}

/** How a bucket of this width is called: briefly on the axis, fully in the tooltip and the table. Hours run from 0 to 23 everywhere. */
const namer = (interval: Interval, timeZone: string, days: number): Names => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat("en", { ...options, timeZone, hourCycle: "h23" })
    return (bucket: Bucket) => formatter.format(new Date(bucket.start))
  }
  const [month, year] = [format({ month: "short" }), format({ year: "numeric" })]
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
      return {
        short: format({ month: "short", day: "numeric" }),
        long: (bucket: Bucket) => `Week of ${fullDay(bucket)}`,
        tick: (bucket: Bucket, before: Bucket | undefined) => {
          const name = month(bucket)
          if (before === undefined || month(before) === name) return ""
          return name === "Jan" ? year(bucket) : name
        },
      }
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
    return { value: ahead ? null : valueOf(bucket.metrics, metric), unfinished: bucket.partial && !ahead }
  })

/** The steps of a metric with their names, for a chart. The comparison goes by position: each bucket's like stands in its place. */
export const toSeries = (answer: Timeseries, metric: MetricId, now: number, compared = true): ReadonlyArray<Point> => {
  const days = (Date.parse(answer.to) - Date.parse(answer.from)) / 86_400_000
  const name = namer(answer.interval, answer.timeZone, days)
  const steps = toSteps(answer, metric, now)
  return answer.buckets.map((bucket, index) => {
    const before = compared ? answer.comparison?.buckets[index] : undefined
    return {
      ...steps[index]!,
      key: bucket.start,
      short: name.short(bucket),
      ...(name.tick ? { tick: name.tick(bucket, answer.buckets[index - 1]) } : {}),
      long: name.long(bucket),
      ...(before
        ? { previous: { long: name.long(before), value: before.end > before.start ? valueOf(before.metrics, metric) : null } }
        : {}),
    }
  })
}
