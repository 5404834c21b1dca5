import { transcode } from "node:buffer"
import type { LoggedGroup } from "./LoggedBatch.ts"

/** From this many characters on, going through {@link scratch} pays. */
const LONG = 2_000
/** What most requests fit into, as UTF-16. */
const scratch = Buffer.allocUnsafe(256 * 1024)

/**
 * A string without half surrogate pairs in UTF-8, as `Buffer.from` gives it; but that takes four times as long as soon as the
 * string has one character outside of Latin-1, and a page's title with a dash is enough for that.
 */
const utf8 = (text: string): Uint8Array =>
  text.length < LONG || text.length * 2 > scratch.length
    ? Buffer.from(text)
    : transcode(scratch.subarray(0, scratch.write(text, "utf16le")), "utf16le", "utf8")

/**
 * A group as it is written into an entry: JSON in UTF-8. The collector of groups keeps these bytes rather than the objects, which
 * the garbage collector would have to copy as long as they wait.
 */
export const serialize = (group: LoggedGroup): Uint8Array => utf8(JSON.stringify(group))
