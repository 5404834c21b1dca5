import { Dimension } from "@footfall/contracts/generated/shared"

export { Dimension }

/** Which of the dimensions belong to the event itself; the others are the same on every event of a session. */
const EVENT_DIMENSIONS: ReadonlySet<Dimension> = new Set<Dimension>(["page", "event"])

/** Whether a dimension belongs to the event; a session has several values of it. */
export const isOfEvent = (dimension: Dimension): boolean => EVENT_DIMENSIONS.has(dimension)

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

/**
 * The filter that a list of texts `dimension:operator:value` stands for, which the contract has checked: all of them hold, and several
 * `is` of one dimension are one condition that any of their values meets.
 */
export const parseFilter = (texts: ReadonlyArray<string>): Filter => {
  const conditions = texts.map((text) => {
    const [, dimension, operator, value] = /^([a-z_]+):(is|is_not):([^]*)$/.exec(text) as unknown as [
      string,
      Dimension,
      Condition["operator"],
      string,
    ]
    return { dimension, operator, values: [value] } satisfies Condition as Condition
  })
  const wanted = Map.groupBy(conditions, ({ dimension, operator }) => (operator === "is" ? dimension : undefined))
  return {
    and: [...wanted].flatMap(([dimension, group]): ReadonlyArray<Condition> => {
      if (dimension === undefined) return group
      const [first = "", ...others] = group.flatMap(({ values }) => values)
      return [{ dimension, operator: "is", values: [first, ...others] }]
    }),
  }
}
