/** Control characters, and marks that change the direction of what follows: shown they would make a path look like another. */
const HIDDEN = /[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g

const escaped = (text: string): string => text.replace(HIDDEN, (character) => encodeURIComponent(character))

/** Bytes of UTF-8 that one character takes, by its first byte; 0 for a byte that begins none. */
const lengthOf = (byte: number): number =>
  byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0

/** A run of escapes: those that make up characters resolved, the others as they are, in capitals. */
const resolved = (run: string): string => {
  let text = ""
  for (let at = 0; at < run.length;) {
    const length = 3 * lengthOf(Number.parseInt(run.slice(at + 1, at + 3), 16))
    const piece = run.slice(at, at + length)
    try {
      if (length === 0 || piece.length < length) throw new URIError()
      // Not those that would change the path's meaning: decodeURI leaves them.
      const decoded = decodeURI(piece)
      text += decoded.startsWith("%") && decoded.length > 1 ? decoded.toUpperCase() : escaped(decoded)
      at += length
    } catch {
      text += run.slice(at, at + 3).toUpperCase()
      at += 3
    }
  }
  return text
}

/** Session ids that servers put behind a semicolon: they make a page for each visitor. */
const SESSION_PARAMETER = /;(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|cfid|cftoken|oscsid|zenid)=[^/;]*/gi

/**
 * A path as people read it, one for each page: escapes resolved, except those that would change its meaning (`%2F`) or are malformed,
 * which stand in capitals; doubled slashes are one; session ids are gone.
 */
export const readablePath = (pathname: string): string => {
  let path = pathname
  if (path.includes(";")) path = path.replace(SESSION_PARAMETER, "")
  if (path.includes("//")) path = path.replace(/\/{2,}/g, "/")
  if (path.includes("%")) path = path.replace(/(?:%[0-9a-f]{2})+/gi, resolved)
  return path
}
