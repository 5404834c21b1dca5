import { addDays } from "#lib/format/days.ts"
import { filterText } from "./filters.ts"
import type { Filter } from "./filters.ts"
import { defaultPeriod } from "./periods.ts"
import type { PeriodId, Range } from "./periods.ts"
import type { Compare } from "./question.ts"

/** Any search parameters that can be copied; `page.url.searchParams` is one. */
type Params = Iterable<[string, string]>

const is = (filter: Filter) => filterText({ ...filter, operator: "is" })
const isNot = (filter: Filter) => filterText({ ...filter, operator: "is_not" })

const changed = (params: Params, change: (copy: URLSearchParams) => void): string => {
  const copy = new URLSearchParams([...params])
  change(copy)
  return `?${copy}`
}

/** The same view with one parameter set, or removed when `value` is null. */
export const withParam = (params: Params, name: string, value: string | null): string =>
  changed(params, (copy) => (value === null ? copy.delete(name) : copy.set(name, value)))

export const withPeriod = (params: Params, period: Exclude<PeriodId, "custom">): string =>
  changed(params, (copy) => {
    for (const name of ["p", "from", "to"]) copy.delete(name)
    if (period !== defaultPeriod) copy.set("p", period)
  })

export const withRange = (params: Params, range: Range): string =>
  changed(params, (copy) => {
    copy.delete("p")
    copy.set("from", range.from)
    copy.set("to", addDays(range.to, -1))
  })

export const withCompare = (params: Params, compare: Compare): string => withParam(params, "c", compare === "previous" ? null : compare)

/**
 * Adds the condition, or takes it away when it is there, however it is phrased. A second "is" of a dimension is an alternative to the
 * first. Closes the details, which asked for another list.
 */
export const withFilterToggled = (params: Params, filter: Filter): string =>
  changed(params, (copy) => {
    const all = copy.getAll("f")
    const others = all.filter((text) => ![is(filter), isNot(filter)].includes(text))
    const wasThere = others.length < all.length
    copy.delete("f")
    copy.delete("d")
    for (const text of wasThere ? others : [...others, filterText(filter)]) copy.append("f", text)
  })

/** Turns all conditions of a chip from "is" into "is not" or back: neither of two instead of either. */
export const withInverted = (params: Params, filters: ReadonlyArray<Filter>): string =>
  changed(params, (copy) => {
    const turned = new Map(filters.map((filter) => [filterText(filter), filter.operator === "is" ? isNot(filter) : is(filter)]))
    const all = new Set(copy.getAll("f").map((text) => turned.get(text) ?? text))
    copy.delete("f")
    for (const text of all) copy.append("f", text)
  })

/** Takes conditions away, given as they stand in the address. */
export const withoutTexts = (params: Params, texts: ReadonlyArray<string>): string =>
  changed(params, (copy) => {
    const all = copy.getAll("f").filter((text) => !texts.includes(text))
    copy.delete("f")
    for (const text of all) copy.append("f", text)
  })

export const withoutFilters = (params: Params): string => withParam(params, "f", null)

/**
 * Where the focus goes when the filters changed from `before` to `after` and it was on what is gone: to the first link of a chip that is
 * new or turned round; to the last, which removes, of the one that followed a chip that was taken away.
 */
export const chipToFocus = (
  before: ReadonlyArray<string>,
  after: ReadonlyArray<string>,
): { readonly index: number; readonly link: 0 | 1 } => {
  const added = after.findIndex((text) => !before.includes(text))
  if (added >= 0) return { index: added, link: 0 }
  const removed = before.findIndex((text) => !after.includes(text))
  return { index: Math.min(removed, after.length - 1), link: 1 }
}
