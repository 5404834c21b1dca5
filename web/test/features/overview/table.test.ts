import { expect, test } from "vitest"
import { toRows } from "#lib/features/overview/rows.ts"
import { columnsOf, csvOf, defaultOrder, matching, ordered } from "#lib/features/overview/table.ts"

const row = (value: string, visitors: number, previous: number | null = null) => ({
  value,
  visitors,
  visits: visitors,
  pageviews: visitors * 3,
  events: 1,
  previous: previous === null ? null : { visitors: previous, visits: previous, pageviews: 0, events: 0 },
})
const answer = { rows: [row("DE", 60, 50), row("", 40), row("AT", 10, 20)], totalVisitors: 100 }

test("rows have names, shares of all visitors, and a past only when one was asked for", () => {
  const rows = toRows("country", answer, true, 100)
  expect(rows.map(({ label, share, before }) => [label, share, before])).toEqual([
    ["Germany", 0.6, 50],
    ["Unknown", 0.4, 0],
    ["Austria", 0.1, 20],
  ])
  expect(rows[1]!.change).toEqual({ kind: "new" })
  expect(toRows("country", answer, false, 100)[0]).toMatchObject({ before: undefined, change: undefined })
})

test("events have shares of everybody, not only of those who did something", () => {
  const events = { rows: [row("signup", 20)], totalVisitors: 40 }
  expect(toRows("event", events, false, 200)[0]!.share).toBe(0.1)
  // Asked a moment later, there can be more of them than everybody was then.
  expect(toRows("event", events, false, 10)[0]!.share).toBe(0.5)
  expect(toRows("page", events, false, 200)[0]!.share).toBe(0.5)
})

test("a search finds names and stored values, by all its words", () => {
  const rows = toRows("country", answer, false, 100)
  expect(matching(rows, "germ").map((one) => one.value)).toEqual(["DE"])
  expect(matching(rows, "at austria").map((one) => one.value)).toEqual(["AT"])
  expect(matching(rows, "  ")).toHaveLength(3)
})

test("any column orders, both ways", () => {
  const rows = toRows("country", answer, true, 100)
  const columns = columnsOf("country", true)
  expect(ordered(rows, columns, { column: "label", descending: false }).map((one) => one.label)).toEqual(["Austria", "Germany", "Unknown"])
  expect(ordered(rows, columns, { column: "before", descending: false }).map((one) => one.before)).toEqual([0, 20, 50])
  expect(ordered(rows, columns, defaultOrder).map((one) => one.visitors)).toEqual([60, 40, 10])
})

test("the file has the columns and rows of the page", () => {
  const rows = toRows("event", { rows: [row("=HYPERLINK(1)", 2)], totalVisitors: 3 }, false, 3)
  expect(csvOf(columnsOf("event", false), rows)).toBe("\ufeffEvent,Visitors,Share,Visits,Events\r\n'=HYPERLINK(1),2,0.666667,2,1\r\n")
})
