import { addDays, addMonths, briefSpan, daysBetween, daySpan, firstOfMonth, firstOfYear, isDay } from "#lib/format/days.ts"
import type { Day } from "#lib/format/days.ts"

/** Whole days in the project's time zone; `to` is exclusive. */
export interface Range {
  readonly from: Day
  readonly to: Day
}

interface Period {
  readonly id: string
  readonly label: string
  /** In little room. */
  readonly brief: string
  /** The letter that chooses it. */
  readonly key: string
  /** As of `today`, in a project that began on `first`. */
  readonly range: (today: Day, first?: Day) => Range
}

/** No range is longer than this many days. */
const mostDays = 3660

/** Everything since the first event; today where there is none yet. */
const everything = (today: Day, first = today) => {
  const earliest = addDays(today, 1 - mostDays)
  return { from: first > today ? today : first < earliest ? earliest : first, to: addDays(today, 1) }
}

const lastDays = (days: number) => (today: Day) => ({ from: addDays(today, 1 - days), to: addDays(today, 1) })

/** The periods that follow the calendar, in the order in which they are offered. */
export const periods = [
  { id: "today", label: "Today", brief: "Today", key: "D", range: lastDays(1) },
  { id: "yesterday", label: "Yesterday", brief: "Yest.", key: "E", range: (today) => ({ from: addDays(today, -1), to: today }) },
  { id: "7d", label: "Last 7 days", brief: "7 d", key: "W", range: lastDays(7) },
  { id: "30d", label: "Last 30 days", brief: "30 d", key: "T", range: lastDays(30) },
  { id: "90d", label: "Last 90 days", brief: "90 d", key: "N", range: lastDays(90) },
  { id: "month", label: "Month to date", brief: "MTD", key: "M", range: (today) => ({ from: firstOfMonth(today), to: addDays(today, 1) }) },
  {
    id: "last-month",
    label: "Last month",
    brief: "Last mo.",
    key: "P",
    range: (today) => ({ from: addMonths(today, -1), to: firstOfMonth(today) }),
  },
  { id: "year", label: "Year to date", brief: "YTD", key: "Y", range: (today) => ({ from: firstOfYear(today), to: addDays(today, 1) }) },
  {
    id: "12mo",
    label: "Last 12 months",
    brief: "12 mo",
    key: "L",
    range: (today) => ({ from: addMonths(today, -11), to: addDays(today, 1) }),
  },
  { id: "all", label: "All time", brief: "All", key: "A", range: everything },
] as const satisfies ReadonlyArray<Period>

export type PeriodId = (typeof periods)[number]["id"] | "custom"

/** What a person sees who asked for nothing. */
export const defaultPeriod = "30d"

/** A range of one's own, both days included; the other way round is understood. It is at most ten years long, and over by 2099. */
export const customRange = (first: string, last: string): Range | undefined => {
  if (!isDay(first) || !isDay(last)) return undefined
  const [from, end] = first <= last ? [first, last] : [last, first]
  const to = addDays(end, 1)
  return daysBetween(from, end) > mostDays || !isDay(to) ? undefined : { from, to }
}

/** The period called `id` as of `today` in a project that began on `first`; the default one when there is none of that name. */
export const periodCalled = (id: string | null, today: Day, first?: Day): { readonly id: PeriodId; readonly range: Range } => {
  const found = periods.find((period) => period.id === id) ?? periods.find((period) => period.id === defaultPeriod)!
  return { id: found.id, range: (found as Period).range(today, first) }
}

/** What a period is called: by its name, or by its first and last day. */
export const periodLabel = (id: PeriodId, range: Range): string =>
  periods.find((period) => period.id === id)?.label ?? daySpan(range.from, addDays(range.to, -1))

/** What a period is called in little room: `30 d`, `Nov 1 – 5`. */
export const periodBrief = (id: PeriodId, range: Range): string =>
  periods.find((period) => period.id === id)?.brief ?? briefSpan(range.from, addDays(range.to, -1))

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
