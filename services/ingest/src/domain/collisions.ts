import { invalid, pointerStep, type Refused } from "./Refused.ts"

/** Where values lie, as ClickHouse names it: the keys on the way, joined by dots. */
interface Places {
  readonly values: Set<string>
  /** Everything that a value lies below. */
  readonly levels: Set<string>
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Whether a value can no longer lie at this place; takes the place otherwise. */
const isTaken = (place: string, { values, levels }: Places): boolean => {
  if (values.has(place) || levels.has(place)) return true
  for (let dot = place.indexOf("."); dot !== -1; dot = place.indexOf(".", dot + 1)) {
    if (values.has(place.slice(0, dot))) return true
    levels.add(place.slice(0, dot))
  }
  values.add(place)
  return false
}

const inList = (list: ReadonlyArray<unknown>): Refused | undefined => {
  for (const [index, item] of list.entries()) {
    const found = Array.isArray(item) ? inList(item) : isObject(item) ? collision(item) : undefined
    if (found !== undefined) return { ...found, pointer: pointerStep(index) + found.pointer }
  }
  return undefined
}

const inObject = (object: Readonly<Record<string, unknown>>, above: string, places: Places): Refused | undefined => {
  for (const [key, value] of Object.entries(object)) {
    const place = above + key.toWellFormed()
    const found = isObject(value)
      ? inObject(value, `${place}.`, places)
      : isTaken(place, places)
        ? invalid("", "Expected one value per name: a dot in a key starts a nested level, and that name already has a value")
        : Array.isArray(value)
          ? inList(value)
          : undefined
    if (found !== undefined) return { ...found, pointer: pointerStep(key) + found.pointer }
  }
  return undefined
}

/**
 * What is wrong with an object of which two values would be stored at the same place, so that one would be lost: `a.b` beside `b`
 * in `a`, or two keys that differ in halves of surrogate pairs only. Objects in lists are stored each for itself.
 */
export const collision = (object: Readonly<Record<string, unknown>>): Refused | undefined =>
  inObject(object, "", { values: new Set(), levels: new Set() })
