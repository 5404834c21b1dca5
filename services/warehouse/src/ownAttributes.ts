import { Attributes } from "./Attributes.ts"

/**
 * What an event itself says, beside what its session decides: the column `own` of events. A session that is cut anew needs the attributes
 * of whichever event is then its first. Mostly they need no room: they follow from the row.
 */

/** Of a session's first event: its attributes are those of the row. */
const AS_THE_ROW = "="
/** Of an event that came from nowhere that is known, with the place, device and language of the row. */
const DIRECT_AS_THE_ROW = ""

/** The column's value for an event with these own attributes in a row that carries those of its session. */
export const encodeOwn = (own: Attributes, ofRow: Attributes): string => {
  if (own.equals(ofRow)) return AS_THE_ROW
  return own.isDirect && own.isOfSameClient(ofRow) ? DIRECT_AS_THE_ROW : JSON.stringify(own.values)
}

/** The own attributes of an event at this path, from the column and the attributes of its row. */
export const decodeOwn = (text: string, ofRow: Attributes, path: string): Attributes => {
  if (text === AS_THE_ROW) return ofRow
  if (text === DIRECT_AS_THE_ROW) return ofRow.withoutAttribution().enteredBy(path)
  return new Attributes(JSON.parse(text) as ReadonlyArray<string>)
}
