import { dayIn } from "#lib/format/days.ts"
import type { Day } from "#lib/format/days.ts"
import { chipsOf, filterText, readFilters } from "./filters.ts"
import type { Filter } from "./filters.ts"
import { customRange, periodCalled, periodLabel } from "./periods.ts"
import type { PeriodId, Range } from "./periods.ts"

/** What the overview can be compared with, in the order in which it is offered. */
export const compares = [
  { id: "previous", label: "Previous period" },
  { id: "year", label: "Previous year" },
  { id: "off", label: "No comparison" },
] as const

export type Compare = (typeof compares)[number]["id"]

/** All that the numbers of the overview depend on. */
export interface Question {
  readonly period: PeriodId
  readonly range: Range
  readonly compare: Compare
  readonly filters: ReadonlyArray<Filter>
  /** Today in the project's time zone, when the question was read. */
  readonly today: Day
}

/** The part of URLSearchParams that reading needs, so that a tracked one will do. */
type Params = Pick<URLSearchParams, "get" | "getAll">

const readCompare = (text: string | null): Compare => (text === "year" || text === "off" ? text : "previous")

/** Whether this address asks for a period that only the project's first day tells. */
export const needsFirstDay = (params: Params): boolean =>
  params.get("p") === "all" && !customRange(params.get("from") ?? "", params.get("to") ?? "")

/**
 * Reads the address bar of a project that began on `first`. Version 1 of it, which must stay readable: `p` period, `from` and `to` days of a custom range (both
 * included, they win over `p`), `c` comparison, `f` filters, repeated. What cannot be understood counts as absent.
 */
export const readQuestion = (params: Params, timeZone: string, now: number, first?: Day): Question => {
  const today = dayIn(timeZone, now)
  const custom = customRange(params.get("from") ?? "", params.get("to") ?? "")
  const { id, range } = custom ? { id: "custom" as const, range: custom } : periodCalled(params.get("p"), today, first)
  // Nothing lies before all of it.
  const compare = id === "all" ? "off" : readCompare(params.get("c"))
  return { period: id, range, compare, filters: readFilters(params.getAll("f")), today }
}

/** The question as the API's query parameters. */
export const toQuery = (question: Question) => ({
  from: question.range.from,
  to: question.range.to,
  ...(question.compare === "off"
    ? {}
    : { compare: question.compare === "year" ? ("previous_year" as const) : ("previous_period" as const) }),
  ...(question.filters.length > 0 ? { filter: question.filters.map(filterText) } : {}),
})

/** What of an address the numbers depend on; equal for views that differ in tabs, metric or details only. */
export const addressOf = (params: Params): string => {
  const asked = ["p", "from", "to", "c", "f"].flatMap((name) => params.getAll(name).map((value) => [name, value]))
  return new URLSearchParams(asked).toString()
}

/** A question in words, as a sentence begins: `Country is Germany, last 7 days, compared with the previous year`. */
export const questionInWords = ({ period, range, compare, filters }: Question): string => {
  const label = periodLabel(period, range)
  const parts = [
    ...chipsOf(filters).map(({ subject, verb, value }) => `${subject} ${verb} ${value}`),
    period === "custom" || filters.length === 0 ? label : label.toLowerCase(),
    ...{ previous: [], year: ["compared with the previous year"], off: period === "all" ? [] : ["not compared"] }[compare],
  ]
  return parts.join(", ")
}
