import { columnOf, type Dimension, isOfEvent } from "../domain/dimensions.ts"
import { dimensionsOf, type Filter } from "../domain/Filter.ts"
import type { Table } from "../metrics.ts"
import { all } from "./all.ts"

/** A part of a filter, and the name from which those of its parameters follow. */
interface Part {
  readonly filter: Filter
  readonly name: string
}

const ROOT = "filter"

const parts = (filters: ReadonlyArray<Filter>, name: string): ReadonlyArray<Part> =>
  filters.map((filter, place) => ({ filter, name: `${name}_${place}` }))

const either = (conditions: ReadonlyArray<string>): string => (conditions.length === 0 ? "false" : `(${conditions.join(" OR ")})`)

/** The condition on the columns of a row; empty when every row meets it. */
const compile = ({ filter, name }: Part): string => {
  if ("and" in filter) return all(...parts(filter.and, name).map(compile))
  if ("or" in filter) {
    const conditions = parts(filter.or, name).map(compile)
    return conditions.includes("") ? "" : either(conditions)
  }
  if ("not" in filter) {
    const condition = compile({ filter: filter.not, name: `${name}_0` })
    return condition === "" ? "false" : `NOT (${condition})`
  }
  const column = columnOf(filter.dimension)
  const each = filter.values.map((_, place) => `{${name}_${place}:String}`)
  if (filter.operator === "is") return each.length === 1 ? `${column} = ${each[0]}` : either(each.map((value) => `${column} = ${value}`))
  return all(...each.map((value) => `${column} != ${value}`))
}

/** The parameters that a compiled filter binds. */
const paramsOf = ({ filter, name }: Part): ReadonlyArray<readonly [string, string]> => {
  if ("and" in filter) return parts(filter.and, name).flatMap(paramsOf)
  if ("or" in filter) return parts(filter.or, name).flatMap(paramsOf)
  if ("not" in filter) return paramsOf({ filter: filter.not, name: `${name}_0` })
  return filter.values.map((value, place) => [`${name}_${place}`, value])
}

/** What a filter binds, in whichever statement and however it is compiled. */
export const filterParams = (filter: Filter): Readonly<Record<string, string>> => Object.fromEntries(paramsOf({ filter, name: ROOT }))

/** Events that match. */
const onEvents = (filter: Filter): string => compile({ filter, name: ROOT })

const asksOfEvents = ({ filter }: Part): boolean => dimensionsOf(filter).some(isOfEvent)

/** What all have to hold: the members of the outermost `and`, else the filter itself. */
const conjuncts = (filter: Filter): ReadonlyArray<Part> => ("and" in filter ? parts(filter.and, ROOT) : [{ filter, name: ROOT }])

/** Sessions whose own attributes do not rule out a matching event: what of a filter asks about nothing else. */
export const onAttributes = (filter: Filter): string =>
  all(
    ...conjuncts(filter)
      .filter((part) => !asksOfEvents(part))
      .map(compile),
  )

/** Where a session keeps the values of its events; the lists run in parallel, one place for each distinct pair. */
const LISTS: ReadonlyArray<readonly [Dimension, list: string]> = [
  ["page", "pages"],
  ["event", "names"],
]

/** A condition on events, as one on the places of those lists that it needs; those of `first` come first. */
const onPlaces = (condition: string, dimensions: ReadonlyArray<Dimension>, first?: Dimension) => {
  const lists = LISTS.filter(([dimension]) => dimensions.includes(dimension) || dimension === first)
  if (lists[0]?.[0] !== first && first !== undefined) lists.reverse()
  return `(${lists.map(([dimension]) => columnOf(dimension)).join(", ")}) -> ${condition}, ${lists.map(([, list]) => list).join(", ")}`
}

/** What of a filter asks about events: a condition in which the columns of a session stand for those of its events. */
const ofEvents = (filter: Filter) => {
  const asking = conjuncts(filter).filter(asksOfEvents)
  return { condition: all(...asking.map(compile)), dimensions: asking.flatMap((part) => dimensionsOf(part.filter)).filter(isOfEvent) }
}

/**
 * Sessions with a matching event. Attributes of the session are the same on all its events, so what asks about them alone is asked
 * apart, of the session; the rest is asked of each pair of page and name.
 */
const onSessions = (filter: Filter): string => {
  const { condition, dimensions } = ofEvents(filter)
  return all(onAttributes(filter), condition === "" ? "" : `arrayExists(${onPlaces(condition, dimensions)})`)
}

/** Rows that match. */
export const onTable = (table: Table, filter: Filter): string => (table === "events" ? onEvents(filter) : onSessions(filter))

/** The values, each once and wanted, that a dimension has among the matching events of a session that meets {@link onAttributes}. */
export const valuesWithin = (dimension: Dimension, filter: Filter, isWanted: (column: string) => string): string => {
  const { condition, dimensions } = ofEvents(filter)
  const wanted = all(isWanted(columnOf(dimension)), dimension === "event" ? `notEmpty(${columnOf("event")})` : "", condition)
  return `arrayDistinct(arrayFilter(${onPlaces(wanted, dimensions, dimension)}))`
}
