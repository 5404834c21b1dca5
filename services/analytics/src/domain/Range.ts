import { Effect } from "effect"
import type { Interval } from "./Buckets.ts"
import { InvalidRequest } from "./InvalidRequest.ts"
import { DAY, floor, HOUR, type Millis, TimeZone, type Wall } from "./TimeZone.ts"

/** Time from `from` up to, but not including, `to`. */
export interface Range {
  readonly from: Millis
  readonly to: Millis
}

export type Compare = "previous_period" | "previous_year"

const FIRST: Wall = Date.UTC(1970, 0, 2)
const END: Wall = Date.UTC(2100, 0, 1)

/** Milliseconds of `YYYY-MM-DD` as a UTC date, or undefined when the calendar has no such day. */
const dateOf = (text: string): Wall | undefined => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at : undefined
}

const edge = (zone: TimeZone, name: "from" | "to", text: string): Effect.Effect<Millis, InvalidRequest> => {
  const date = dateOf(text.slice(0, 10))
  const instant =
    date === undefined || text.slice(11, 13) === "24" ? undefined : text.length === 10 ? zone.instantAt(date) : Date.parse(text)
  if (instant === undefined || Number.isNaN(instant)) {
    return Effect.fail(InvalidRequest.parameter(name, text.length === 10 ? "There is no such date" : "There is no such date and time"))
  }
  // By the zone's own clock, which is what the dates of the message are read from.
  const wall = zone.wallAt(instant)
  return wall < FIRST || wall >= END
    ? Effect.fail(InvalidRequest.parameter(name, "Expected a date between 1970-01-02 and 2099-12-31"))
    : Effect.succeed(instant)
}

/** What `from` and `to` mean in a zone. Fails when a date does not exist, or when nothing lies between the two. */
export const parseRange = Effect.fnUntraced(function* (zone: TimeZone, asked: { readonly from: string; readonly to: string }) {
  const range: Range = { from: yield* edge(zone, "from", asked.from), to: yield* edge(zone, "to", asked.to) }
  return range.to > range.from ? range : yield* InvalidRequest.parameter("to", "Expected a time after `from`; the end is exclusive")
})

/** The wall time `months` earlier; a day that month does not have is its last one. */
const monthsBefore = (wall: Wall, months: number): Wall => {
  const date = new Date(wall)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months]
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) + (wall - floor(wall, DAY))
}

const yearBefore = (wall: Wall): Wall => monthsBefore(wall, 12)

const monthsBetween = (from: Wall, to: Wall): number => {
  const [a, b] = [new Date(from), new Date(to - 1)]
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth() + 1
}

/** Where something of the asked range lies in the range to compare with. */
export interface ComparedRange extends Range {
  /** The start of the like bucket. */
  readonly start: (start: Millis) => Millis
  /** The end of the like bucket, exclusive. */
  readonly end: (end: Millis) => Millis
}

/**
 * The range to compare with, and where each bucket of the asked one has its like there. Whole local days are moved by whole local
 * days, so that clock changes do not shift them; other ranges by their length, or by the year with the same local times. 29 February
 * compares with 28 February. Where buckets are weeks the range is moved by whole weeks (a year by 52), and where they are months by whole
 * months: a week stands against a week, a month against a month.
 */
export const comparedRange = (zone: TimeZone, { from, to }: Range, compare: Compare, interval: Interval = "day"): ComparedRange => {
  const wholeDays = zone.startOfDay(from) === from && zone.startOfDay(to) === to
  // A midnight that clocks jump over is shown as a later time of its day.
  const unit = wholeDays ? DAY : 1
  const [first, end] = [floor(zone.wallAt(from), unit), floor(zone.wallAt(to), unit)]
  const moved = (move: (wall: Wall) => Wall, moveEnd = move, moveStop = moveEnd) => {
    const at = (by: (wall: Wall) => Wall) => (instant: Millis) => zone.instantAt(by(zone.wallAt(instant)))
    const [start, stop] = [zone.instantAt(move(first)), zone.instantAt(moveStop(end))]
    return { from: start, to: stop > start ? stop : start + (to - from), start: at(move), end: at(moveEnd) }
  }
  if (interval === "week") {
    const weeks = compare === "previous_year" ? 52 : Math.ceil((end - first) / (7 * DAY))
    return moved((wall) => wall - weeks * 7 * DAY)
  }
  if (interval === "month") {
    const months = compare === "previous_year" ? 12 : monthsBetween(first, end)
    return moved((wall) => monthsBefore(wall, months))
  }
  if (compare === "previous_year") {
    // An end belongs to what lies before it: the end of 28 February is followed by the 29th in some years only.
    const endOf = (step: number) => (wall: Wall) => yearBefore(wall - step) + step
    return moved(yearBefore, endOf(interval === "hour" ? HOUR : DAY), endOf(wholeDays ? DAY : 0))
  }
  const before = wholeDays ? moved((wall) => wall - (end - first)) : undefined
  // A day that the zone skipped is nothing to compare with.
  if (before !== undefined && before.from < from) return { ...before, to: from }
  const back = (instant: Millis) => instant - (to - from)
  return { from: back(from), to: from, start: back, end: back }
}

/** Where totals of the compared range stop, so that they cover as much time as the asked range has had so far. */
export const totalsEnd = (asked: Range, compared: Range, now: Millis): Millis =>
  now >= asked.to ? compared.to : Math.min(compared.to, compared.from + Math.max(0, now - asked.from))
