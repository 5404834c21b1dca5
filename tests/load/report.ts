import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Machine } from "./machine.ts"

/** A cell of a table. */
export type Cell = string | number

/** One table of figures. */
export interface Table {
  readonly title: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>
}

/** What a scenario found: tables for people, figures for programs. */
export interface Report {
  readonly tables: ReadonlyArray<Table>
  readonly notes?: ReadonlyArray<string>
  readonly figures: unknown
}

const shown = (cell: Cell): string => {
  if (typeof cell === "string") return cell
  const digits = Math.abs(cell) >= 100 || Number.isInteger(cell) ? 0 : Math.abs(cell) >= 10 ? 1 : 2
  return cell.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A table as lines of text: words to the left, numbers to the right. */
export const tableLines = ({ title, columns, rows }: Table): Array<string> => {
  const cells = rows.map((row) => row.map(shown))
  const widths = columns.map((column, i) => Math.max(column.length, ...cells.map((row) => row[i]?.length ?? 0)))
  const right = columns.map((_, i) => rows.every((row) => typeof row[i] === "number"))
  const line = (row: ReadonlyArray<string>) =>
    row.map((text, i) => (right[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0))).join("  ")
  return [
    "",
    title,
    line(columns).trimEnd(),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...cells.map((row) => line(row).trimEnd()),
  ]
}

/** Prints what a scenario found. */
export const print = ({ tables, notes }: Report): void => {
  for (const table of tables) console.log(tableLines(table).join("\n"))
  for (const note of notes ?? []) console.log(`\n${note}`)
}

const folder = fileURLToPath(new URL("results/", import.meta.url))

/** Writes what a scenario found to `results/` and says where. */
export const keep = (scenario: string, machine: Machine, report: Report): string => {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}${scenario}-${machine.at.replaceAll(/[:.]/g, "-")}.json`
  writeFileSync(file, `${JSON.stringify({ scenario, machine, figures: report.figures }, null, 2)}\n`)
  return file
}

/** The middle one of some numbers (the mean of the two in the middle); NaN of none. */
export const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5)

/** The value below which a share of the numbers lies, linearly interpolated; NaN of none. */
export const quantile = (values: ReadonlyArray<number>, share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}
