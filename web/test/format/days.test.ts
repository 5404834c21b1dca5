import { expect, test } from "vitest"
import { addDays, addMonths, dayIn, daysBetween, daySpan, isDay } from "#lib/format/days.ts"

test("today is the day on the project's wall calendar, not on ours", () => {
  const instant = Date.parse("2026-11-23T23:30:00Z")
  expect(dayIn("UTC", instant)).toBe("2026-11-23")
  expect(dayIn("Europe/Berlin", instant)).toBe("2026-11-24")
  expect(dayIn("America/Los_Angeles", instant)).toBe("2026-11-23")
  expect(dayIn("Pacific/Kiritimati", instant)).toBe("2026-11-24")
  expect(dayIn("Pacific/Niue", instant)).toBe("2026-11-23")
})

test("days around a change of clocks are days, whatever their length", () => {
  // In Berlin 25 October 2026 has 25 hours and 29 March has 23.
  expect(dayIn("Europe/Berlin", Date.parse("2026-10-24T22:00:00Z"))).toBe("2026-10-25")
  expect(dayIn("Europe/Berlin", Date.parse("2026-10-25T22:59:59Z"))).toBe("2026-10-25")
  expect(dayIn("Europe/Berlin", Date.parse("2026-10-25T23:00:00Z"))).toBe("2026-10-26")
  expect(addDays("2026-10-25", 1)).toBe("2026-10-26")
  expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2)
})

test("months are counted from their first, through ends of years and leap days", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-01")
  expect(addMonths("2026-01-15", -1)).toBe("2025-12-01")
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29")
})

test("only days that exist are days", () => {
  expect(["2026-02-28", "2028-02-29"].map(isDay)).toEqual([true, true])
  expect(["2026-02-29", "2026-13-01", "2026-1-1", "1999-12-31", "", "2026-11-23T00:00:00Z", "2026-11-23\n"].map(isDay)).toEqual(
    Array(7).fill(false),
  )
})

test("a span names each year and month as often as needed", () => {
  expect(daySpan("2026-11-23", "2026-11-23")).toBe("Nov 23, 2026")
  expect(daySpan("2026-11-01", "2026-11-23")).toBe("Nov 1 – 23, 2026")
  expect(daySpan("2026-10-25", "2026-11-23")).toBe("Oct 25 – Nov 23, 2026")
  expect(daySpan("2025-12-01", "2026-11-23")).toBe("Dec 1, 2025 – Nov 23, 2026")
})
