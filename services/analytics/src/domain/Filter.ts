import type { Filter, FilterCondition } from "@footfall/contracts/generated/shared"
import { Effect } from "effect"
import { isDimension } from "./dimensions.ts"
import type { Dimension } from "./dimensions.ts"
import { InvalidRequest } from "./InvalidRequest.ts"

/** Which events match, as the contract defines it. */
export type { Filter, FilterCondition }

/** No filter has more conditions, or more levels of `and`, `or` and `not`. */
const MAX_CONDITIONS = 100
const MAX_LEVELS = 10

/** The filter that every event meets. */
export const EVERYTHING: Filter = { and: [] }

/** The dimensions that a filter asks about. */
export const dimensionsOf = (filter: Filter): ReadonlyArray<Dimension> => {
  if ("and" in filter) return filter.and.flatMap(dimensionsOf)
  if ("or" in filter) return filter.or.flatMap(dimensionsOf)
  return "not" in filter ? dimensionsOf(filter.not) : [filter.dimension]
}

/** A condition from its text `dimension:operator:value`; undefined when there is no such dimension. */
const conditionOf = (text: string): FilterCondition | undefined => {
  const [, dimension = "", operator, value = ""] = /^([a-z_]+):(is|is_not):([^]*)$/.exec(text) ?? []
  return isDimension(dimension) ? { dimension, operator: operator === "is_not" ? "is_not" : "is", values: [value] } : undefined
}

const partsOf = (filter: Filter): ReadonlyArray<Filter> =>
  "and" in filter ? filter.and : "or" in filter ? filter.or : "not" in filter ? [filter.not] : []

const levelsOf = (filter: Filter): number => 1 + Math.max(0, ...partsOf(filter).map(levelsOf))
const conditionsOf = (filter: Filter): number =>
  "dimension" in filter ? 1 : partsOf(filter).reduce((sum, part) => sum + conditionsOf(part), 0)

/** The filter that a question asks with: a tree, or a list of texts; without one, every event matches. */
export const readFilter = (given: Filter | ReadonlyArray<string> | undefined): Effect.Effect<Filter, InvalidRequest> => {
  if (given === undefined) return Effect.succeed(EVERYTHING)
  if (isTexts(given)) return parseFilter(given)
  const complain = (message: string) => Effect.fail(InvalidRequest.parameter("filter", message))
  if (levelsOf(given) > MAX_LEVELS) return complain(`Expected at most ${MAX_LEVELS} levels`)
  return conditionsOf(given) > MAX_CONDITIONS ? complain(`Expected at most ${MAX_CONDITIONS} conditions`) : Effect.succeed(given)
}

const isTexts = (given: Filter | ReadonlyArray<string>): given is ReadonlyArray<string> => Array.isArray(given)

/**
 * The filter that a list of texts stands for, whose form the contract has checked: all of them hold, and several `is` of one dimension are
 * one condition that any of their values meets.
 */
export const parseFilter = (texts: ReadonlyArray<string>): Effect.Effect<Filter, InvalidRequest> => {
  const conditions = texts.map(conditionOf)
  const complaints = conditions.flatMap((condition, place) =>
    condition === undefined ? [{ in: "query", pointer: `/filter/${place}`, message: "There is no such dimension" } as const] : [],
  )
  if (complaints.length > 0) return Effect.fail(new InvalidRequest({ complaints }))
  const known = conditions.filter((condition) => condition !== undefined)
  const wanted = Map.groupBy(known, ({ dimension, operator }) => (operator === "is" ? dimension : undefined))
  return Effect.succeed({
    and: [...wanted].flatMap(([dimension, group]): ReadonlyArray<FilterCondition> => {
      if (dimension === undefined) return group
      return [{ dimension, operator: "is", values: group.flatMap(({ values }) => values) }]
    }),
  })
}
