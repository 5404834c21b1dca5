import { rememberingShort } from "./Recent.ts"
import { scrubPath } from "./scrub.ts"

/** The longest path that is kept, characters. */
const MAX_PATH = 2_048

/** Paths that read as they were sent: nothing to resolve or to cut off, no run long enough for a token. Most are such. */
const isPlain = (path: string): boolean => !/[^\w./~-]|\/\/|[^/]{15}/.test(path) && !(/\d/.test(path) && /[^/]{8}/.test(path))

/** Matrix parameters: like a query, they say how a page is shown and not which. A session of ASP.NET without cookies is one, too. */
const MATRIX = /;[\w.-]+=[^/;]*|;jsessionid\b[^/;]*/gi
const ASP_SESSION = /\/\((?:[A-Z]\([^)]*\))+\)(?=\/|$)/g

/** What must not be resolved: it has a meaning of its own (reserved by RFC 3986), or would not be seen, or turns what stands after it. */
const KEPT = /[;/?:@&=+$,#%]|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?! )\p{Zs}/u
const ESCAPES = /(?:%[0-9a-f]{2})+/gi

const decoded = (escapes: string): string | undefined => {
  try {
    return decodeURIComponent(escapes)
  } catch {
    return undefined
  }
}

const shown = (text: string): string =>
  KEPT.test(text) ? Array.from(text, (character) => (KEPT.test(character) ? encodeURIComponent(character) : character)).join("") : text

const byteAt = (escapes: string, place: number): number => Number.parseInt(escapes.slice(place + 1, place + 3), 16)

/** How many bytes the character of UTF-8 has that begins here, by its first byte; 0 when none begins so. */
const lengthOf = (first: number): number =>
  first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0

/** Whether the second byte may follow the first: not where a shorter form, a surrogate or nothing is meant (RFC 3629). */
const follows = (first: number, second: number): boolean =>
  second >= (first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80) && second <= (first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf)

/** The escapes of one character, 3 for each byte; 0 when no character of UTF-8 begins here. */
const characterAt = (escapes: string, place: number): number => {
  const first = byteAt(escapes, place)
  const length = lengthOf(first)
  if (length < 2) return 3 * length
  if (place + 3 * length > escapes.length || !follows(first, byteAt(escapes, place + 3))) return 0
  for (let next = 2; next < length; next++) if ((byteAt(escapes, place + 3 * next) & 0xc0) !== 0x80) return 0
  return 3 * length
}

/** Character by character, when some of the bytes are no UTF-8. */
const resolvePart = (escapes: string): string => {
  let text = ""
  for (let place = 0; place < escapes.length;) {
    const length = characterAt(escapes, place)
    text += length === 0 ? escapes.slice(place, place + 3).toUpperCase() : shown(decodeURIComponent(escapes.slice(place, place + length)))
    place += length || 3
  }
  return text
}

const resolve = (escapes: string): string => {
  const text = decoded(escapes)
  return text === undefined ? resolvePart(escapes) : shown(text)
}

/** A percent sign stands for itself when it could not be taken for the beginning of an escape. */
const plainPercent = (text: string): string => text.replaceAll(/%25(?![0-9a-f]{2})/gi, "%")

const read = (path: string): string => {
  const cut = path.includes(";") || path.includes("(") ? path.replace(MATRIX, "").replace(ASP_SESSION, "") : path
  const once = cut.includes("//") ? cut.replaceAll(/\/{2,}/g, "/") : cut
  const text = once.includes("%") ? plainPercent(once.replaceAll(ESCAPES, resolve)).normalize("NFC") : once
  return scrubPath(text).slice(0, MAX_PATH)
}

/**
 * A path as people read it and as it is counted: escapes resolved but for those that have a meaning of their own, are no UTF-8 or
 * cannot be seen, which have capital digits; without matrix parameters and doubled slashes; e-mail addresses and tokens replaced.
 */
export const readablePath = rememberingShort<string>(10_000, 256, (path) => (isPlain(path) ? path : read(path)))
