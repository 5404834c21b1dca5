import { addDays, addMonths, daysBetween, daySpan, firstOfMonth, isDay } from "#lib/format/days.ts"
import type { Day } from "#lib/format/days.ts"

/** Whole days in the project's time zone; `to` is exclusive. */
export interface Range {
  readonly from: Day
  readonly to: Day
}

interface Period {
  readonly id: string
  readonly label: string
  /** The letter that chooses it. */
  readonly key: string
  readonly range: (today: Day) => Range
}

const lastDays = (days: number) => (today: Day) => ({ from: addDays(today, 1 - days), to: addDays(today, 1) })

/** The periods that follow the calendar, in the order in which they are offered. */
export const periods = [
  { id: "today", label: "Today", key: "D", range: lastDays(1) },
  { id: "yesterday", label: "Yesterday", key: "E", range: (today) => ({ from: addDays(today, -1), to: today }) },
  { id: "7d", label: "Last 7 days", key: "W", range: lastDays(7) },
  { id: "30d", label: "Last 30 days", key: "T", range: lastDays(30) },
  { id: "month", label: "Month to date", key: "M", range: (today) => ({ from: firstOfMonth(today), to: addDays(today, 1) }) },
  { id: "last-month", label: "Last month", key: "P", range: (today) => ({ from: addMonths(today, -1), to: firstOfMonth(today) }) },
  { id: "12mo", label: "Last 12 months", key: "L", range: (today) => ({ from: addMonths(today, -11), to: addDays(today, 1) }) },
] as const satisfies ReadonlyArray<Period>

export type PeriodId = (typeof periods)[number]["id"] | "custom"

/** What a person sees who asked for nothing. */
export const defaultPeriod = "30d"

/** A range of one's own, both days included; the other way round is understood. It is at most ten years long, and over by 2099. */
export const customRange = (first: string, last: string): Range | undefined => {
  if (!isDay(first) || !isDay(last)) return undefined
  const [from, end] = first <= last ? [first, last] : [last, first]
  const to = addDays(end, 1)
  return daysBetween(from, end) > 3660 || !isDay(to) ? undefined : { from, to }
}

/** The period called `id` as of `today`; the default one when there is none of that name. */
export const periodCalled = (id: string | null, today: Day): { readonly id: PeriodId; readonly range: Range } => {
  const found = periods.find((period) => period.id === id) ?? periods.find((period) => period.id === defaultPeriod)!
  return { id: found.id, range: found.range(today) }
}

/** What a period is called: by its name, or by its first and last day. */
export const periodLabel = (id: PeriodId, range: Range): string =>
  periods.find((period) => period.id === id)?.label ?? daySpan(range.from, addDays(range.to, -1))

/** Whether `range` starts on a first and ends with a month, or, for the month that runs, with today. */
const isMonth = (range: Range, today: Day): boolean =>
  range.from === firstOfMonth(range.from) &&
  (range.to === addMonths(range.from, 1) || (range.to === addDays(today, 1) && firstOfMonth(today) === range.from))

/** The range one step earlier or later: months step by months, anything else by its own length. Undefined past today. */
export const shifted = (range: Range, steps: -1 | 1, today: Day): Range | undefined => {
  const month = isMonth(range, today)
  const length = daysBetween(range.from, range.to)
  const from = month ? addMonths(range.from, steps) : addDays(range.from, steps * length)
  const end = month ? addMonths(from, 1) : addDays(from, length)
  const tomorrow = addDays(today, 1)
  if (from > today) return undefined
  return { from, to: end > tomorrow ? tomorrow : end }
}

/** Whether the present lies in the range, so that its numbers still move. */
export const includesNow = (range: Range, today: Day): boolean => range.from <= today && today < range.to
