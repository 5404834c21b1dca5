import { withoutTurns } from "./turns.ts"

/**
 * One cell: quoted where some spreadsheet would take it apart, and with an apostrophe in front of text that one would run as a formula
 * (OWASP CSV injection: `=`, `+`, `-`, `@`, their full-width forms, tab and line ends at the start, blanks before them). Numbers stay
 * numbers. Marks that would turn the rest of the line are left out.
 */
const cell = (value: string | number): string => {
  if (typeof value === "number") return String(value)
  const text = withoutTurns(value)
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** The mark by which Excel knows that a file is UTF-8. */
const MARK = "\ufeff"

/** RFC 4180 text in UTF-8, with its mark, a line of headings first and a line end after every row. */
export const toCsv = (headings: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string =>
  MARK + [headings, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")
