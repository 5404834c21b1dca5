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

/** A condition in words: `Country is Germany`. */
export const filterWords = (filter: Filter) => {
  const { singular, valueLabel } = dimensions[filter.dimension]
  return { subject: singular, verb: filter.operator === "is" ? "is" : "is not", value: valueLabel(filter.value) }
}
