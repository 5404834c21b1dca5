import type { Dimension } from "../../domain/dimensions.ts"
import type { Filter } from "../../domain/Filter.ts"
import type { Range } from "../../domain/Range.ts"
import { type PartName, sumsSql, type Table } from "../../metrics.ts"
import { all } from "../../sql/all.ts"
import { between, inside, instants, PROJECT, timeOf } from "../../sql/conditions.ts"
import { filterParams } from "../../sql/filters.ts"

/** Which rows of a dimension are wanted: so many after so many. */
export interface Wanted {
  readonly dimension: Dimension
  readonly limit: number
  readonly offset: number
}

/** What breakdowns have in common that are read together: the range, what it is compared with, the filter. */
export interface Selection {
  readonly projectId: string
  readonly range: Range
  readonly compared: Range | undefined
  readonly filter: Filter
  readonly wanted: ReadonlyArray<Wanted>
}

/** Only custom events have a name, so only they are in the rows of `event`. */
export const hasName = (dimension: Dimension): boolean => dimension === "event"

/** What every statement about a selection binds. */
export const selectionParams = ({ projectId, range, compared, filter }: Selection) => ({
  project: projectId,
  ...instants({ from: range.from, to: range.to }),
  ...(compared === undefined ? {} : instants({ from_before: compared.from, to_before: compared.to })),
  ...filterParams(filter),
})

/** Whether a row is of the range, where rows of two ranges are read. */
export const isNow = (table: Table): string => inside(timeOf(table), "from", "to")

/** The same sums of the compared range; an empty list when nothing is compared. */
export const sumsBefore = (table: Table, parts: ReadonlyArray<PartName>, compared: Range | undefined): string =>
  compared === undefined ? "CAST([], 'Array(Int64)')" : sumsSql(parts, inside(timeOf(table), "from_before", "to_before"))

/** The project's rows of the range, and of what it is compared with. */
export const rowsOf = (table: Table, compared: Range | undefined): string => {
  const now = between(timeOf(table))
  return all(PROJECT, compared === undefined ? now : `((${now}) OR (${between(timeOf(table), "from_before", "to_before")}))`)
}

/** Sets to group by: one for each expression, at its place. The empty expression is all rows; `undefined` is no set. */
export const setsOf = (expressions: ReadonlyArray<string | undefined>) => {
  const sets = expressions.flatMap((expression, place) => (expression === undefined ? [] : [{ expression, place }]))
  const choose = (what: (set: (typeof sets)[number]) => string, otherwise: string) => {
    const cases = sets.filter(({ expression }) => expression !== "").map((set) => `grouping(${set.expression}) = 0, ${what(set)}`)
    return `multiIf(${cases.join(", ")}, ${otherwise})`
  }
  return {
    groups: `GROUPING SETS (${sets.map(({ expression }) => `(${expression})`).join(", ")})`,
    /** Which set a row is of, and the value by which it is grouped. */
    place: choose(({ place }) => `toUInt8(${place})`, `toUInt8(${Math.max(expressions.indexOf(""), 0)})`),
    value: choose(({ expression }) => `toString(${expression})`, "''"),
  }
}
