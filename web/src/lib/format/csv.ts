/**
 * One cell: quoted where needed, and with an apostrophe in front of text that a spreadsheet would run as a formula (OWASP CSV
 * injection: `=`, `+`, `-`, `@`, tab and line ends at the start). Numbers stay numbers.
 */
const cell = (value: string | number): string => {
  if (typeof value === "number") return String(value)
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** RFC 4180 text, with a line of headings first and a line end after every row. */
export const toCsv = (headings: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string =>
  [headings, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")
