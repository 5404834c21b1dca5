import { type Dimension, EVENT_DIMENSIONS, type Filter } from "../domain/Filter.ts"
import { COLUMN } from "./columns.ts"
import { all, matches } from "./conditions.ts"

/** Where a session keeps the values of its events; the lists run in parallel, one place for each distinct pair. */
const LISTS: ReadonlyArray<readonly [Dimension, list: string]> = [
  ["page", "pages"],
  ["event", "names"],
]

/** Whether a dimension belongs to the event; a session has several values of it. */
export const isOfEvent = (dimension: Dimension) => EVENT_DIMENSIONS.has(dimension)

/** A condition on events, as one on the places of those lists that it needs; those of `first` come first. */
const onPlaces = (condition: string, dimensions: ReadonlySet<Dimension>, first?: Dimension) => {
  const lists = LISTS.filter(([dimension]) => dimensions.has(dimension) || dimension === first)
  if (lists[0]?.[0] !== first && first !== undefined) lists.reverse()
  return `(${lists.map(([dimension]) => COLUMN[dimension]).join(", ")}) -> ${condition}, ${lists.map(([, list]) => list).join(", ")}`
}

const ofEvents = (filters: ReadonlyArray<Filter>) => new Set(filters.map(({ dimension }) => dimension).filter(isOfEvent))

/** Sessions with an event that meets all filters on events; empty when there are none. */
export const contains = (filters: ReadonlyArray<Filter>) => {
  const dimensions = ofEvents(filters)
  return dimensions.size === 0 ? "" : `arrayExists(${onPlaces(matches(filters, isOfEvent), dimensions)})`
}

/** The values, each once, that a dimension has among those events of a session that meet all filters on events. */
export const valuesWithin = (dimension: Dimension, filters: ReadonlyArray<Filter>) => {
  const condition = all(
    `cityHash64(${COLUMN[dimension]}) IN {hashes:Array(UInt64)}`,
    dimension === "event" ? `notEmpty(${COLUMN.event})` : "",
    matches(filters, isOfEvent),
  )
  return `arrayDistinct(arrayFilter(${onPlaces(condition, ofEvents(filters), dimension)}))`
}
