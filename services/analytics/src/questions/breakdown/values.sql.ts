import { Schema } from "effect"
import { columnOf } from "../../domain/dimensions.ts"
import { type PartName, sumsSql } from "../../metrics.ts"
import { all } from "../../sql/all.ts"
import { onTable } from "../../sql/filters.ts"
import { Count, question } from "../../sql/question.ts"
import { hasName, isNow, rowsOf, type Selection, selectionParams, setsOf, sumsBefore } from "./selection.ts"

const NAMED = "kind = 'event'"

/**
 * A value of the dimension at `place`, of how many, with its sums now and before and a hash of place and value by which it can be asked
 * about again in few bytes. After the places of the dimensions come all events together, and page views and custom events ('0' and '1').
 */
export const ValuesRow = Schema.Struct({
  place: Schema.Finite,
  value: Schema.String,
  hash: Schema.String,
  values: Count,
  sums: Schema.Array(Count),
  before: Schema.Array(Count),
})

/** The page that is wanted of each dimension, most visitors first and ties by value, in one pass over the events. */
export const values = (selection: Selection, parts: ReadonlyArray<PartName>) => {
  const { wanted, compared, filter } = selection
  const named = wanted.flatMap(({ dimension }, place) => (hasName(dimension) ? [place] : []))
  const onlyNamed = named.length === wanted.length
  const columns = wanted.map(({ dimension }) => columnOf(dimension))
  const { groups, place, value } = setsOf([...columns, "", ...(named.length > 0 && !onlyNamed ? [NAMED] : [])])
  return question(
    `SELECT place, value, toString(cityHash64(place, value)) AS hash, values, sums, before
FROM (
  SELECT
    place, value, sums, before,
    count() OVER (PARTITION BY place) AS values,
    row_number() OVER (PARTITION BY place ORDER BY sums[1] DESC, value ASC) AS position
  FROM (
    SELECT
      ${place} AS place,
      ${value} AS value,
      ${sumsSql(parts, compared === undefined ? undefined : isNow("events"))} AS sums,
      ${sumsBefore("events", parts, compared)} AS before
    FROM events
    WHERE ${all(rowsOf("events", compared), onlyNamed ? NAMED : "", onTable("events", filter))}
    GROUP BY ${groups}
    HAVING sums[1] > 0
  )
  WHERE NOT (place IN {named:Array(UInt8)} AND value = '')
)
WHERE place >= ${wanted.length} OR (position > {offsets:Array(UInt64)}[place + 1] AND position <= {ends:Array(UInt64)}[place + 1])
ORDER BY place, position`,
    {
      ...selectionParams(selection),
      named,
      offsets: wanted.map(({ offset }) => offset),
      ends: wanted.map(({ limit, offset }) => offset + limit),
    },
    ValuesRow,
  )
}
