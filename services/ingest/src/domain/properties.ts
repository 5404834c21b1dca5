import { collision } from "./collisions.ts"
import { invalid, pointerStep, type Refused } from "./Refused.ts"

/** What properties may be at most. Keys and list items count together over all levels; lengths are in characters (code points). */
export const PROPERTY_LIMITS = { keys: 64, items: 1_000, depth: 5, string: 1_000, key: 100 } as const

const longerThan = (text: string, limit: number): boolean => {
  if (text.length <= limit) return false
  if (text.length > 2 * limit) return true
  let count = 0
  for (const _ of text) count++
  return count > limit
}

interface Count {
  keys: number
  items: number
  wellFormed: boolean
  /** Whether a key has a dot in it. */
  dotted: boolean
}

const stringFault = (text: string, count: Count): Refused | undefined => {
  if (longerThan(text, PROPERTY_LIMITS.string)) return invalid("", `Expected a string with at most ${PROPERTY_LIMITS.string} characters`)
  if (text.includes("\0")) return invalid("", "Expected a string without NUL characters")
  if (!text.isWellFormed()) count.wellFormed = false
  return undefined
}

const keyFault = (key: string, count: Count): Refused | undefined => {
  if (++count.keys > PROPERTY_LIMITS.keys) return invalid("", `Expected at most ${PROPERTY_LIMITS.keys} keys in total`)
  if (longerThan(key, PROPERTY_LIMITS.key)) return invalid("", `Expected keys with at most ${PROPERTY_LIMITS.key} characters`)
  if (key.includes("\0")) return invalid("", "Expected keys without NUL characters")
  if (!key.isWellFormed()) count.wellFormed = false
  if (key.includes(".")) count.dotted = true
  return undefined
}

// Pointers are put together on the way back, so that properties without a fault cost none.
const below = (step: string | number, found: Refused): Refused => ({ ...found, pointer: pointerStep(step) + found.pointer })

const listFault = (list: ReadonlyArray<unknown>, depth: number, count: Count): Refused | undefined => {
  for (let i = 0; i < list.length; i++) {
    if (++count.items > PROPERTY_LIMITS.items) return invalid("", `Expected at most ${PROPERTY_LIMITS.items} list items in total`)
    const found = fault(list[i], depth + 1, count)
    if (found !== undefined) return below(i, found)
  }
  return undefined
}

const objectFault = (object: Readonly<Record<string, unknown>>, depth: number, count: Count): Refused | undefined => {
  for (const key of Object.keys(object)) {
    const wrong = keyFault(key, count)
    if (wrong !== undefined) return wrong
    const found = fault(object[key], depth + 1, count)
    if (found !== undefined) return below(key, found)
  }
  return undefined
}

const fault = (value: unknown, depth: number, count: Count): Refused | undefined => {
  if (typeof value === "string") return stringFault(value, count)
  if (typeof value === "number") return Number.isFinite(value) ? undefined : invalid("", "Expected a number that fits in 64 bits")
  if (typeof value !== "object" || value === null) return undefined
  if (depth > PROPERTY_LIMITS.depth) return invalid("", `Expected at most ${PROPERTY_LIMITS.depth} levels of nesting`)
  return Array.isArray(value) ? listFault(value, depth, count) : objectFault(value as Readonly<Record<string, unknown>>, depth, count)
}

const repaired = (value: unknown): unknown => {
  if (typeof value === "string") return value.toWellFormed()
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(repaired)
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key.toWellFormed(), repaired(child)]))
}

/** Properties within their limits, or what is wrong with them. */
export type CheckedProperties =
  | { readonly properties: Readonly<Record<string, unknown>>; readonly refused?: never }
  | { readonly refused: Refused; readonly properties?: never }

/**
 * Checks the properties of an event, as JSON gave them, against their limits, without going deeper than those. Half
 * surrogate pairs, which cut-off emoji leave behind, become U+FFFD. No two values may be stored at the same place.
 */
export const checkProperties = (value: unknown): CheckedProperties => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { refused: invalid("/properties", "Expected an object") }
  const count = { keys: 0, items: 0, wellFormed: true, dotted: false }
  const mayCollide = () => count.dotted || !count.wellFormed
  const refused = fault(value, 1, count) ?? (mayCollide() ? collision(value as Readonly<Record<string, unknown>>) : undefined)
  if (refused !== undefined) return { refused: below("properties", refused) }
  return { properties: (count.wellFormed ? value : repaired(value)) as Readonly<Record<string, unknown>> }
}
