import { DAY, floor, HOUR, type Millis, type TimeZone, type Wall } from "./TimeZone.ts"

export type Interval = "hour" | "day" | "week" | "month"

/** Part of a range; `end` is exclusive and the next bucket's start. */
export interface Bucket {
  readonly start: Millis
  readonly end: Millis
}

/** No answer has more. */
export const MAX_BUCKETS = 10_000

const SHORTEST: Record<Interval, number> = { hour: HOUR / 2, day: 22 * HOUR, week: 6.5 * DAY, month: 27 * DAY }

/** The interval that gives a readable number of buckets for a range of this length. */
export const intervalFor = (length: number): Interval =>
  length <= 2 * DAY + HOUR ? "hour" : length <= 100 * DAY ? "day" : length <= 367 * DAY ? "week" : "month"

/** 1970-01-01 was a Thursday; weeks start on Monday. */
const monday = (wall: Wall) => floor(wall - 4 * DAY, 7 * DAY) + 4 * DAY

const month = (wall: Wall, ahead: number) => {
  const date = new Date(wall)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1)
}

const floors: Record<Exclude<Interval, "hour">, { readonly start: (wall: Wall) => Wall; readonly next: (start: Wall) => Wall }> = {
  day: { start: (wall) => floor(wall, DAY), next: (start) => start + DAY },
  week: { start: monday, next: (start) => start + 7 * DAY },
  month: { start: (wall) => month(wall, 0), next: (start) => month(start, 1) },
}

/** Calendar units by the zone's clock. A day that the zone skipped has no bucket; a day with a clock change is 23 or 25 hours. */
function* calendar(zone: TimeZone, interval: Exclude<Interval, "hour">, from: Millis): Generator<Millis> {
  const { start, next } = floors[interval]
  let wall = start(zone.wallAt(from))
  let last: Millis | undefined
  for (;;) {
    const instant = zone.instantAt(wall)
    if (last === undefined || instant > last) yield (last = instant)
    wall = next(wall)
  }
}

/**
 * Hours by the zone's clock: one begins whenever the clock shows a full hour or another hour than before. An hour that comes
 * twice is two buckets; where clocks move by half an hour, one bucket is half an hour longer or shorter.
 */
function* hours(zone: TimeZone, from: Millis): Generator<Millis> {
  let instant = zone.startOfDay(from)
  for (;;) {
    yield instant
    const hour = floor(zone.wallAt(instant), HOUR)
    for (;;) {
      const wall = zone.wallAt(instant)
      instant += HOUR - (wall - floor(wall, HOUR))
      const now = zone.wallAt(instant)
      if (now === floor(now, HOUR) || floor(now, HOUR) !== hour) break
    }
  }
}

/**
 * All buckets that share time with [from, to), in order and without gaps; undefined when they would be more than
 * {@link MAX_BUCKETS}. The first may begin before `from` and the last may end after `to`.
 */
export const bucketsOf = (zone: TimeZone, interval: Interval, from: Millis, to: Millis): ReadonlyArray<Bucket> | undefined => {
  if ((to - from) / SHORTEST[interval] > 2.5 * MAX_BUCKETS) return undefined
  const buckets: Array<Bucket> = []
  let start: Millis | undefined
  for (const next of interval === "hour" ? hours(zone, from) : calendar(zone, interval, from)) {
    if (start !== undefined && next > from) buckets.push({ start, end: next })
    if (buckets.length > MAX_BUCKETS) return undefined
    if (next >= to) return buckets
    start = next
  }
  return buckets
}
