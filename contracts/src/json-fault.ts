/** Where and why a text is not JSON. */
export interface JsonFault {
  /** Characters before the fault. */
  readonly position: number
  readonly line: number
  readonly column: number
  readonly expected: string
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const BLANK = /[ \t\n\r]*/y

/** Reads JSON without building anything, iteratively, to the first place where it is none. */
const faultPosition = (text: string): readonly [number, string] | undefined => {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const open: Array<"{" | "["> = []
  const value = (): "done" | "opened" | "none" => {
    const char = text[at]
    if (char === "{" || char === "[") return (at++, open.push(char), "opened")
    return take(STRING) || take(NUMBER) || take(WORD) ? "done" : "none"
  }
  const key = (): string | undefined => {
    if (!take(STRING)) return text[at] === '"' ? "a complete string" : "a property name in double quotes"
    take(BLANK)
    return text[at] === ":" ? (at++, take(BLANK), undefined) : "':'"
  }
  take(BLANK)
  for (;;) {
    let state = value()
    if (state === "none") return [at, text[at] === '"' ? "a complete string" : "a value"]
    while (state === "opened") {
      take(BLANK)
      const closes = open.at(-1) === "{" ? "}" : "]"
      if (text[at] === closes) {
        at++
        open.pop()
        state = "done"
      } else {
        const missing = closes === "}" ? key() : undefined
        if (missing !== undefined) return [at, missing]
        state = value()
        if (state === "none") return [at, text[at] === '"' ? "a complete string" : "a value"]
      }
    }
    // After a value: closing brackets, then a comma or the end.
    for (take(BLANK); open.length > 0 && text[at] === (open.at(-1) === "{" ? "}" : "]"); take(BLANK)) {
      at++
      open.pop()
    }
    if (open.length === 0) return at === text.length ? undefined : [at, "the end of the text"]
    if (text[at] !== ",") return [at, open.at(-1) === "{" ? "',' or '}'" : "',' or ']'"]
    at++
    take(BLANK)
    if (open.at(-1) === "{") {
      const missing = key()
      if (missing !== undefined) return [at, missing]
    }
  }
}

/** Where a text that JSON.parse refused stops being JSON; JSON.parse itself says so for some faults only. */
export const jsonFault = (text: string): JsonFault => {
  const [position, expected] = faultPosition(text) ?? [text.length, "the end of the text"]
  const before = text.slice(0, position)
  const line = before.split("\n").length
  return { position, line, column: position - before.lastIndexOf("\n"), expected }
}

/** A sentence for the sender of a text that is not JSON. */
export const notJson = (text: string): string => {
  const { position, line, column, expected } = jsonFault(text)
  return `Invalid JSON at position ${position} (line ${line}, column ${column}): expected ${expected}`
}
