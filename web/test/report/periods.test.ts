import { describe, expect, test } from "vitest"
import { dayIn } from "#lib/format/days.ts"
import { customRange, includesNow, periodCalled, shifted } from "#lib/report/question/periods.ts"

describe("periods, with an end that is not included", () => {
  test.each([
    ["today", "2026-11-23", "2026-11-24"],
    ["yesterday", "2026-11-22", "2026-11-23"],
    ["7d", "2026-11-17", "2026-11-24"],
    ["30d", "2026-10-25", "2026-11-24"],
    ["month", "2026-11-01", "2026-11-24"],
    ["last-month", "2026-10-01", "2026-11-01"],
    ["12mo", "2025-12-01", "2026-11-24"],
  ])("%s is %s to %s", (id, from, to) => {
    expect(periodCalled(id, "2026-11-23")).toEqual({ id, range: { from, to } })
  })

  test("an unknown one is the last 30 days", () => {
    expect(periodCalled("nonsense", "2026-11-23").id).toBe("30d")
    expect(periodCalled(null, "2026-11-23").id).toBe("30d")
  })

  test("the same moment is another today elsewhere", () => {
    const newYear = Date.parse("2026-12-31T12:00:00Z")
    expect(periodCalled("month", dayIn("Pacific/Auckland", newYear)).range).toEqual({ from: "2027-01-01", to: "2027-01-02" })
    expect(periodCalled("month", dayIn("America/New_York", newYear)).range).toEqual({ from: "2026-12-01", to: "2027-01-01" })
  })
})

test("a range of one's own includes both days, either way round, and is refused when it makes no sense", () => {
  expect(customRange("2026-11-01", "2026-11-05")).toEqual({ from: "2026-11-01", to: "2026-11-06" })
  expect(customRange("2026-11-05", "2026-11-01")).toEqual({ from: "2026-11-01", to: "2026-11-06" })
  expect(customRange("2026-02-30", "2026-03-01")).toBeUndefined()
  expect(customRange("2001-01-01", "2026-03-01")).toBeUndefined()
  expect(customRange("2999-12-30", "2999-12-31")).toBeUndefined()
  // Its end, which is not included, would lie past all that can be asked for.
  expect(customRange("2099-12-01", "2099-12-31")).toBeUndefined()
  expect(customRange("2099-12-01", "2099-12-30")).toEqual({ from: "2099-12-01", to: "2099-12-31" })
})

describe("one step earlier or later", () => {
  const today = "2026-11-23"
  test("goes by the length of the range", () => {
    expect(shifted({ from: "2026-11-17", to: "2026-11-24" }, -1, today)).toEqual({ from: "2026-11-10", to: "2026-11-17" })
    expect(shifted({ from: "2026-11-10", to: "2026-11-17" }, 1, today)).toEqual({ from: "2026-11-17", to: "2026-11-24" })
  })
  test("goes by months from a month, also from one that still runs", () => {
    expect(shifted({ from: "2026-11-01", to: "2026-11-24" }, -1, today)).toEqual({ from: "2026-10-01", to: "2026-11-01" })
    expect(shifted({ from: "2026-10-01", to: "2026-11-01" }, 1, today)).toEqual({ from: "2026-11-01", to: "2026-11-24" })
    expect(shifted({ from: "2026-03-01", to: "2026-04-01" }, -1, today)).toEqual({ from: "2026-02-01", to: "2026-03-01" })
  })
  test("never goes past today", () => {
    expect(shifted({ from: "2026-11-23", to: "2026-11-24" }, 1, today)).toBeUndefined()
  })
})

test("numbers move only in a range that holds the present", () => {
  expect(includesNow({ from: "2026-11-01", to: "2026-11-24" }, "2026-11-23")).toBe(true)
  expect(includesNow({ from: "2026-11-01", to: "2026-11-23" }, "2026-11-23")).toBe(false)
})
