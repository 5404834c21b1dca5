import { Effect } from "effect"
import { type Dimension, isDimension } from "./dimensions.ts"
import { InvalidQuestion } from "./InvalidQuestion.ts"

/** What an event has in a dimension is one of these values, or none of them. An empty value means: not set. */
export interface Condition {
  readonly dimension: Dimension
  readonly operator: "is" | "is_not"
  readonly values: readonly [string, ...ReadonlyArray<string>]
}

/** Which events match. `is_not` is the exact complement of `is`, and `not` that of what it holds. */
export type Filter = Condition | { readonly and: ReadonlyArray<Filter> } | { readonly or: ReadonlyArray<Filter> } | { readonly not: Filter }

/** The filter that every event meets. */
export const EVERYTHING: Filter = { and: [] }

/** The dimensions that a filter asks about. */
export const dimensionsOf = (filter: Filter): ReadonlyArray<Dimension> => {
  if ("and" in filter) return filter.and.flatMap(dimensionsOf)
  if ("or" in filter) return filter.or.flatMap(dimensionsOf)
  return "not" in filter ? dimensionsOf(filter.not) : [filter.dimension]
}

/** A condition from its text `dimension:operator:value`; undefined when there is no such dimension. */
const conditionOf = (text: string): Condition | undefined => {
  const [, dimension = "", operator, value = ""] = /^([a-z_]+):(is|is_not):([^]*)$/.exec(text) ?? []
  return isDimension(dimension) ? { dimension, operator: operator === "is_not" ? "is_not" : "is", values: [value] } : undefined
}

/**
 * The filter that a list of texts stands for, whose form the contract has checked: all of them hold, and several `is` of one dimension are
 * one condition that any of their values meets.
 */
export const parseFilter = (texts: ReadonlyArray<string>): Effect.Effect<Filter, InvalidQuestion> => {
  const conditions = texts.map(conditionOf)
  const complaints = conditions.flatMap((condition, place) =>
    condition === undefined ? [{ in: "query", pointer: `/filter/${place}`, message: "There is no such dimension" } as const] : [],
  )
  if (complaints.length > 0) return Effect.fail(new InvalidQuestion({ complaints }))
  const known = conditions.filter((condition) => condition !== undefined)
  const wanted = Map.groupBy(known, ({ dimension, operator }) => (operator === "is" ? dimension : undefined))
  return Effect.succeed({
    and: [...wanted].flatMap(([dimension, group]): ReadonlyArray<Condition> => {
      if (dimension === undefined) return group
      const [first = "", ...others] = group.flatMap(({ values }) => values)
      return [{ dimension, operator: "is", values: [first, ...others] }]
    }),
  })
}
