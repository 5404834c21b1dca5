import type { Dimension } from "@footfall/sdk/api"
import { toCsv } from "#lib/format/csv.ts"
import { full, percent } from "#lib/format/numbers.ts"
import { dimensions } from "#lib/report/question/dimensions.ts"
import type { Row } from "#lib/report/cards/rows.ts"

export type ColumnId = "label" | "visitors" | "share" | "before" | "visits" | "pageviews" | "events"

export interface Column {
  readonly id: ColumnId
  readonly heading: string
  /** As it stands in a file. */
  readonly raw: (row: Row) => string | number
  /** As it stands on the page. */
  readonly text: (row: Row) => string
}

export interface Order {
  readonly column: ColumnId
  readonly descending: boolean
}

export const defaultOrder: Order = { column: "visitors", descending: true }

const count = (id: "visitors" | "visits" | "pageviews" | "events", heading: string): Column => ({
  id,
  heading,
  raw: (row) => row[id],
  text: (row) => full(row[id]),
})

/** The columns of the details of `dimension`; the compared range has one when there is one, and page views say nothing about an event. */
export const columnsOf = (dimension: Dimension, compared: boolean): ReadonlyArray<Column> => [
  { id: "label", heading: dimensions[dimension].singular, raw: (row) => row.label, text: (row) => row.label },
  count("visitors", "Visitors"),
  { id: "share", heading: "Share", raw: (row) => Math.round(row.share * 1e6) / 1e6, text: (row) => percent(row.share) },
  ...(compared
    ? [{ id: "before", heading: "Previous period", raw: (row: Row) => row.before ?? 0, text: (row: Row) => full(row.before ?? 0) } as const]
    : []),
  count("visits", "Visits"),
  ...(dimension === "event" ? [] : [count("pageviews", "Page views")]),
  count("events", "Events"),
]

/** The rows whose name or stored value contains all words of `search`, whatever their case. */
export const matching = (rows: ReadonlyArray<Row>, search: string): ReadonlyArray<Row> => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return words.length === 0
    ? rows
    : rows.filter((row) => {
        const text = `${row.label} ${row.value}`.toLowerCase()
        return words.every((word) => text.includes(word))
      })
}

/** In `order`; ties keep the order of the API, which is by visitors and value. */
export const ordered = (rows: ReadonlyArray<Row>, columns: ReadonlyArray<Column>, order: Order): ReadonlyArray<Row> => {
  const column = columns.find((one) => one.id === order.column)
  if (!column) return rows
  const sign = order.descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [x, y] = [column.raw(a), column.raw(b)]
    return sign * (typeof x === "string" ? x.localeCompare(String(y), "en") : x - Number(y))
  })
}

/** The rows, in this order and with these columns, as a CSV file. */
export const csvOf = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<Row>): string =>
  toCsv(
    columns.map((column) => column.heading),
    rows.map((row) => columns.map((column) => column.raw(row))),
  )
