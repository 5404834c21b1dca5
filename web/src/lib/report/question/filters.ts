import { withoutTurns } from "#lib/format/turns.ts"
import { dimensions, isDimension } from "./dimensions.ts"
import type { Dimension } from "@footfall/sdk/api"

/** One condition. The text form `dimension:operator:value` is that of the API and of the address bar. */
export interface Filter {
  readonly dimension: Dimension
  readonly operator: "is" | "is_not"
  readonly value: string
}

/** At most so many conditions in one question: the API takes 20, and the list of events adds one. */
const atMost = 19

export const filterText = (filter: Filter): string => `${filter.dimension}:${filter.operator}:${filter.value}`

const parse = (text: string): Filter | undefined => {
  const [, dimension = "", operator, value = ""] = /^([a-z_]+):(is|is_not):([^\0]{0,2048})$/s.exec(text) ?? []
  if (!isDimension(dimension) || (operator !== "is" && operator !== "is_not")) return undefined
  return { dimension, operator, value }
}

/** The conditions that can be understood, each once; an old or mistyped one is left out rather than refused. */
export const readFilters = (texts: ReadonlyArray<string>): ReadonlyArray<Filter> =>
  [...new Set(texts)].flatMap((text) => parse(text) ?? []).slice(0, atMost)

/** What the address bar asks for as a filter and nobody can understand. */
export const ignoredFilters = (texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(texts)].filter((text) => text !== "" && !parse(text))

/** Conditions that are one: the values that a dimension may have, any of them, or one that it may not have. */
export interface Chip {
  readonly filters: readonly [Filter, ...ReadonlyArray<Filter>]
  readonly subject: string
  readonly verb: "is" | "is not"
  /** `Germany`, `Germany or France`; stands in titles and sentences, so nothing in it turns their direction. */
  readonly value: string
}

/** Filters as they hold: values of one dimension that are asked for are alternatives. */
export const chipsOf = (filters: ReadonlyArray<Filter>): ReadonlyArray<Chip> => {
  const groups = Map.groupBy(filters, (filter) => (filter.operator === "is" ? `${filter.dimension}:is` : filterText(filter)))
  return [...groups.values()].map((group): Chip => {
    const [first, ...more] = group as [Filter, ...Array<Filter>]
    const { singular, valueLabel } = dimensions[first.dimension]
    return {
      filters: [first, ...more],
      subject: singular,
      verb: first.operator === "is" ? "is" : "is not",
      value: group.map(({ value }) => withoutTurns(valueLabel(value))).join(" or "),
    }
  })
}

/** Tells chips apart. */
export const chipKey = ({ filters }: Chip): string => filters.map(filterText).join("\0")
