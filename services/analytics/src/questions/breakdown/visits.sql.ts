import { Schema } from "effect"
import { columnOf, isOfEvent } from "../../domain/dimensions.ts"
import { type PartName, sumsSql } from "../../metrics.ts"
import { all } from "../../sql/all.ts"
import { onAttributes, onTable, valuesWithin } from "../../sql/filters.ts"
import { Count, question } from "../../sql/question.ts"
import { isNow, rowsOf, type Selection, selectionParams, setsOf, sumsBefore } from "./selection.ts"

export const VisitsRow = Schema.Struct({
  place: Schema.Finite,
  value: Schema.String,
  sums: Schema.Array(Count),
  before: Schema.Array(Count),
})

/** Sums of the visits with a matching event of each value. A visit that saw several pages is in the rows of all of them. */
export const visits = (selection: Selection, hashes: ReadonlyArray<string>, parts: ReadonlyArray<PartName>) => {
  const { wanted, compared, filter } = selection
  const sums = `${sumsSql(parts, compared === undefined ? undefined : isNow("sessions"))} AS sums,
  ${sumsBefore("sessions", parts, compared)} AS before
FROM sessions`
  const isWanted = (place: string, value: string) => `cityHash64(${place}, ${value}) IN {hashes:Array(UInt64)}`
  const places = wanted.map(({ dimension }, place) => ({ dimension, place }))
  const ofVisits = setsOf(wanted.map(({ dimension }) => (isOfEvent(dimension) ? undefined : columnOf(dimension))))
  const ofEach = places
    .filter(({ dimension }) => isOfEvent(dimension))
    .map(
      ({ dimension, place }) => `SELECT
  toUInt8(${place}) AS place,
  toString(arrayJoin(${valuesWithin(dimension, filter, (column) => isWanted(`toUInt8(${place})`, column))})) AS value,
  ${sums}
WHERE ${all(rowsOf("sessions", compared), onAttributes(filter))}
GROUP BY value`,
    )
  const ofAll = `SELECT
  ${ofVisits.place} AS place,
  ${ofVisits.value} AS value,
  ${sums}
WHERE ${all(rowsOf("sessions", compared), onTable("sessions", filter))}
GROUP BY ${ofVisits.groups}
HAVING ${isWanted("place", "value")}`
  const selects = ofEach.length === wanted.length ? ofEach : [ofAll, ...ofEach]
  return question(selects.join("\nUNION ALL\n"), { ...selectionParams(selection), hashes: hashes.map(BigInt) }, VisitsRow)
}
