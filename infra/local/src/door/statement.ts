/**
 * What a statement is, as far as the door must know: a read answers rows (and can be streamed), inserted data are bytes that
 * follow the statement, a command is everything else.
 */
export type Statement =
  | {
      readonly kind: "read"
      readonly sql: string
      readonly format: string | undefined
      readonly formatAt: number
      readonly formatEnd: number
    }
  | { readonly kind: "insert" }
  | { readonly kind: "input" }
  | { readonly kind: "command"; readonly sql: string }

/** A bare word (in capitals), a quoted name, or a sign of a statement. */
export interface Word {
  readonly text: string
  readonly at: number
  readonly end: number
  readonly depth: number
}

const readers = new Set(["SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS", "VALUES"])

/** The tokens of ClickHouse's lexer. A reader with other tokens can be made to see a string where the engine sees a statement. */
const tokens = [
  String.raw`\s+|--[^\n]*|\/\/[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\/`,
  String.raw`[xXbB]'[0-9a-fA-F]*'|'(?:[^'\\]|\\[\s\S]|'')*'|‘[^’]*’`,
  String.raw`"(?:[^"\\]|\\[\s\S]|"")*"|“[^”]*”`,
  "`(?:[^`\\\\]|\\\\[\\s\\S]|``)*`",
  String.raw`\$([^$]*)\$[\s\S]*?\$\1\$`,
  String.raw`[\p{L}_][\p{L}\p{N}_$]*`,
  String.raw`[\s\S]`,
]
const token = new RegExp(tokens.join("|"), "uy")

/** The words of a statement with their depth in parentheses; comments are skipped, strings come as they are. */
export function* words(sql: string): Generator<Word> {
  token.lastIndex = 0
  let depth = 0
  for (let at = 0; at < sql.length; at = token.lastIndex) {
    token.lastIndex = at
    const found = token.exec(sql)
    if (found === null) return
    const text = found[0]
    const after = token.lastIndex
    if (/^(\s|--|#[ !]|\/[/*])/.test(text)) continue
    if (text === ")" || text === "]" || text === "}") depth--
    yield { text: /^[\p{L}_]/u.test(text) ? text.toUpperCase() : text, at, end: after, depth }
    if (text === "(" || text === "[" || text === "{") depth++
    token.lastIndex = after
  }
}

/** Whether data follow the insert (VALUES or FORMAT), a SELECT does, or a SELECT over data that follow (`input()`). */
const insertKind = (sql: string): "insert" | "input" | "command" => {
  let seenInto = 0
  let selecting = false
  for (const word of words(sql)) {
    if (seenInto === 0) {
      if (word.text === "INTO") seenInto = word.end
      continue
    }
    if (selecting && word.text === "INPUT") return "input"
    if (word.depth === 0 && !selecting) {
      if (word.text === "VALUES" || word.text === "FORMAT") return "insert"
      if (word.text === "FROM") return "command"
    }
    if (word.text === "SELECT" || word.text === "WITH") selecting = true
  }
  return "command"
}

const withoutEnd = (sql: string, all: ReadonlyArray<Word>): { sql: string; all: ReadonlyArray<Word> } => {
  let last = all.length
  while (last > 0 && all[last - 1]?.text === ";") last--
  const first = all[last]
  const end = all[last - 1]
  // A line comment at the end would swallow what is appended, so everything after the last word goes.
  return { sql: sql.slice(0, first === undefined ? (end?.end ?? 0) : first.at), all: all.slice(0, last) }
}

/** Reads as much of a statement as decides how to run it. */
export const readStatement = (text: string): Statement => {
  let first: Word | undefined
  for (const word of words(text)) {
    if (word.text === "(") continue
    first = word
    break
  }
  if (first?.text === "INSERT") {
    const kind = insertKind(text)
    return kind === "command" ? { kind, sql: text.replace(/[\s;]+$/, "") } : { kind }
  }
  const { sql, all } = withoutEnd(text, [...words(text)])
  if (first === undefined || !readers.has(first.text)) return { kind: "command", sql }
  for (let i = all.length - 2; i > 0; i--) {
    const word = all[i]
    const name = all[i + 1]
    const after = all[i + 2]
    if (word?.text !== "FORMAT" || word.depth !== 0 || name === undefined) continue
    if (after !== undefined && after.text !== "SETTINGS") continue
    if (!/^\w+$/.test(name.text)) continue
    return { kind: "read", sql, format: sql.slice(name.at, name.end), formatAt: word.at, formatEnd: name.end }
  }
  return { kind: "read", sql, format: undefined, formatAt: sql.length, formatEnd: sql.length }
}

/** The read, writing its answer into a file (a named pipe) in `format`, whatever format it names itself. */
export const intoFile = (read: Extract<Statement, { kind: "read" }>, file: string, format: string): string =>
  `${read.sql.slice(0, read.formatAt)} INTO OUTFILE ${file} APPEND FORMAT ${format}${read.sql.slice(read.formatEnd)}`
