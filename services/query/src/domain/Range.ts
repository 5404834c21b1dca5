import { Effect } from "effect"
import { InvalidQuestion } from "./InvalidQuestion.ts"
import { DAY, floor, type Millis, TimeZone, type Wall } from "./TimeZone.ts"

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

const edge = (zone: TimeZone, name: "from" | "to", text: string): Effect.Effect<Millis, InvalidQuestion> => {
  const date = dateOf(text.slice(0, 10))
  const instant =
    date === undefined || text.slice(11, 13) === "24" ? undefined : text.length === 10 ? zone.instantAt(date) : Date.parse(text)
  if (instant === undefined || Number.isNaN(instant)) {
    return Effect.fail(InvalidQuestion.parameter(name, text.length === 10 ? "There is no such date" : "There is no such date and time"))
  }
  // By the zone's own clock, which is what the dates of the message are read from.
  const wall = zone.wallAt(instant)
  return wall < FIRST || wall >= END
    ? Effect.fail(InvalidQuestion.parameter(name, "Expected a date between 1970-01-02 and 2099-12-31"))
    : Effect.succeed(instant)
}

/** What `from` and `to` mean in a zone. Fails when a date does not exist, or when nothing lies between the two. */
export const parseRange = Effect.fnUntraced(function* (zone: TimeZone, asked: { readonly from: string; readonly to: string }) {
  const range: Range = { from: yield* edge(zone, "from", asked.from), to: yield* edge(zone, "to", asked.to) }
  return range.to > range.from ? range : yield* InvalidQuestion.parameter("to", "Expected a time after `from`; the end is exclusive")
})

const yearBefore = (wall: Wall): Wall => {
  const date = new Date(wall)
  const year = date.getUTCFullYear() - 1
  const lastOfMonth = new Date(Date.UTC(year, date.getUTCMonth() + 1, 0)).getUTCDate()
  return Date.UTC(year, date.getUTCMonth(), Math.min(date.getUTCDate(), lastOfMonth)) + (((wall % DAY) + DAY) % DAY)
}

/**
 * The range to compare with. Whole local days are moved by whole local days, so that clock changes do not shift them; other
 * ranges by their length, or by the year with the same local times. 29 February compares with 28 February.
 */
export const comparedRange = (zone: TimeZone, { from, to }: Range, compare: Compare): Range => {
  const wholeDays = zone.startOfDay(from) === from && zone.startOfDay(to) === to
  // A midnight that clocks jump over is shown as a later time of its day.
  const unit = wholeDays ? DAY : 1
  const [first, end] = [floor(zone.wallAt(from), unit), floor(zone.wallAt(to), unit)]
  if (compare === "previous_period") {
    const start = wholeDays ? zone.instantAt(first - (end - first)) : from
    // A day that the zone skipped is nothing to compare with.
    return { from: start < from ? start : from - (to - from), to: from }
  }
  const start = zone.instantAt(yearBefore(first))
  const stop = zone.instantAt(wholeDays ? yearBefore(end - DAY) + DAY : yearBefore(end))
  return { from: start, to: stop > start ? stop : start + (to - from) }
}

/** Where totals of the compared range stop, so that they cover as much time as the asked range has had so far. */
export const totalsEnd = (asked: Range, compared: Range, now: Millis): Millis =>
  now >= asked.to ? compared.to : Math.min(compared.to, compared.from + Math.max(0, now - asked.from))
