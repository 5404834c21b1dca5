import { expect, test } from "vitest"
import { ago } from "#lib/format/ago.ts"

test("how long ago something was is said in its largest whole unit", () => {
  const said = (seconds: number) => ago(1_000_000, 1_000_000 + seconds * 1000)
  expect([0, 0.9, 3, 59.9, 60, 3_599, 7_200, 86_400, 200_000].map(said)).toEqual([
    "just now",
    "just now",
    "3 s ago",
    "59 s ago",
    "1 min ago",
    "59 min ago",
    "2 h ago",
    "1 day ago",
    "2 days ago",
  ])
  // The clocks of two machines differ.
  expect(said(-5)).toBe("just now")
})
