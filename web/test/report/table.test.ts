import { expect, test } from "vitest"
import { leaders, toRows } from "#lib/report/cards/rows.ts"
import { columnsOf, csvOf, defaultOrder, matching, ordered } from "#lib/report/details/table.ts"

const row = (value: string, visitors: number, previous: number | null = null) => ({
  value,
  visitors,
  visits: visitors,
  pageviews: visitors * 3,
  events: 1,
  previous: previous === null ? null : { visitors: previous, visits: previous, pageviews: 0, events: 0 },
})
const answer = { rows: [row("DE", 60, 50), row("", 40), row("AT", 10, 20)], totalVisitors: 100 }
const of = (visitors: number) => ({ visitors, visits: visitors, pageviews: 3 * visitors })
const all = of(100)

test("rows have names, shares of all visitors, and a past only when one was asked for", () => {
  const rows = toRows("country", answer, true, all)
  expect(rows.map(({ label, share, before }) => [label, share, before])).toEqual([
    ["Germany", 0.6, 50],
    ["Unknown", 0.4, 0],
    ["Austria", 0.1, 20],
  ])
  expect(rows[1]!.change).toEqual({ kind: "new" })
  expect(toRows("country", answer, false, all)[0]).toMatchObject({ before: undefined, change: undefined })
})

test("events have shares of everybody, not only of those who did something", () => {
  const events = { rows: [row("signup", 20)], totalVisitors: 40 }
  expect(toRows("event", events, false, of(200))[0]!.share).toBe(0.1)
  // Asked a moment later, there can be more of them than everybody was then.
  expect(toRows("event", events, false, of(10))[0]!.share).toBe(0.5)
  expect(toRows("page", events, false, of(200))[0]!.share).toBe(0.5)
})

test("a search finds names and stored values, by all its words", () => {
  const rows = toRows("country", answer, false, all)
  expect(matching(rows, "germ").map((one) => one.value)).toEqual(["DE"])
  expect(matching(rows, "at austria").map((one) => one.value)).toEqual(["AT"])
  expect(matching(rows, "  ")).toHaveLength(3)
})

test("any column orders, both ways", () => {
  const rows = toRows("country", answer, true, all)
  const columns = columnsOf("country", true)
  expect(ordered(rows, columns, { column: "label", descending: false }).map((one) => one.label)).toEqual(["Austria", "Germany", "Unknown"])
  expect(ordered(rows, columns, { column: "before", descending: false }).map((one) => one.before)).toEqual([0, 20, 50])
  expect(ordered(rows, columns, defaultOrder).map((one) => one.visitors)).toEqual([60, 40, 10])
})

test("the file has the columns and rows of the page", () => {
  const rows = toRows("event", { rows: [row("=HYPERLINK(1)", 2)], totalVisitors: 3 }, false, of(3))
  expect(csvOf(columnsOf("event", false), rows)).toBe("\ufeffEvent,Visitors,Share,Visits,Events\r\n'=HYPERLINK(1),2,0.666667,2,1\r\n")
})

test("rows follow the number that is looked at, with its share and its past", () => {
  const rows = [row("a", 10, 10), { ...row("b", 9, 9), pageviews: 90 }, row("c", 1, 1)]
  const shown = toRows("page", { rows, totalVisitors: 20 }, true, { visitors: 20, visits: 20, pageviews: 180 }, "pageviews")
  expect(shown.map(({ value, amount, share, before }) => [value, amount, share, before])).toEqual([
    ["b", 90, 0.5, 0],
    ["a", 30, 30 / 180, 0],
    ["c", 3, 3 / 180, 0],
  ])
})

test("a card is sent the rows that lead by any number it can show, and no others", () => {
  const rows = [row("a", 10), row("b", 9), { ...row("c", 2), pageviews: 99 }, row("d", 1)]
  expect(leaders(rows, 1).map(({ value }) => value)).toEqual(["a", "c"])
})
