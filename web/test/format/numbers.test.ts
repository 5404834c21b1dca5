import { expect, test } from "vitest"
import { brief, compact, duration, full, percent, percentExact } from "#lib/format/numbers.ts"

test("a count is short on an axis, exact to four digits on a card, and whole in a table", () => {
  expect([0, 999, 1234, 124_000, 15_800_000].map(compact)).toEqual(["0", "999", "1.2K", "124K", "15.8M"])
  expect([0, 999, 1023, 2951, 9999, 12_345, 15_800_000].map(brief)).toEqual(["0", "999", "1,023", "2,951", "9,999", "12.3K", "15.8M"])
  expect(full(1234567)).toBe("1,234,567")
})

test("a share keeps a decimal where it is small and never claims to be nothing", () => {
  expect([0, 0.0004, 0.004, 0.074, 0.48, 1].map(percent)).toEqual(["0%", "<0.1%", "0.4%", "7.4%", "48%", "100%"])
})

test("an exact share has one decimal everywhere", () => {
  expect([0, 0.074, 0.4766, 1].map(percentExact)).toEqual(["0.0%", "7.4%", "47.7%", "100.0%"])
})

test("seconds are said as people say them, and 59.6 s is a minute", () => {
  expect([0, 45.4, 59.6, 156, 3600, 3900].map(duration)).toEqual(["0s", "45s", "1m 0s", "2m 36s", "1h 0m", "1h 5m"])
})
