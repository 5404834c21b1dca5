import { withCompare, withoutFilters, withPeriod, withRange } from "./links.ts"
import { periods, shifted } from "./periods.ts"
import type { Compare, Question } from "./question.ts"

/** What a key does here: go somewhere, open something, or nothing. */
export type Shortcut = { readonly go: string } | { readonly open: "help" | "period" } | undefined

const afterCompare: Readonly<Record<Compare, Compare>> = { previous: "year", year: "off", off: "previous" }

/** The keys and what they do, for the help. */
export const shortcutList: ReadonlyArray<readonly [string, string]> = [
  ...periods.map(({ key, label }) => [key, label] as const),
  ["C", "Choose a range"],
  ["[", "One period earlier"],
  ["]", "One period later"],
  ["X", "Change the comparison"],
  ["Esc", "Clear all filters"],
  ["?", "This help"],
]

/** What `key` does in this view. */
export const shortcut = (key: string, params: URLSearchParams, question: Question): Shortcut => {
  const period = periods.find((one) => one.key.toLowerCase() === key.toLowerCase())
  if (period) return { go: withPeriod(params, period.id) }
  switch (key.toLowerCase()) {
    case "c":
      return { open: "period" }
    case "?":
      return { open: "help" }
    case "x":
      return { go: withCompare(params, afterCompare[question.compare]) }
    case "escape":
      return question.filters.length > 0 ? { go: withoutFilters(params) } : undefined
    case "[":
    case "]": {
      const range = shifted(question.range, key === "[" ? -1 : 1, question.today)
      return range && { go: withRange(params, range) }
    }
  }
  return undefined
}
