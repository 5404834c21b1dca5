import { expect, test } from "vitest"
import { smooth, withUnfinished } from "#lib/charts/paths.ts"

const xs = (d: string) => [...d.matchAll(/[ML](-?[\d.]+),/g)].map((match) => Number(match[1]))

test("the line of what is certain ends where the unfinished begins, and dashes lead there", () => {
  const { certain, uncertain } = withUnfinished([1, 2, 3, 1], [false, false, false, true], 4)
  expect(certain.line.startsWith("M0,75")).toBe(true)
  expect(certain.line).toContain("66.67,25")
  expect(certain.line).not.toContain("100,")
  expect(uncertain.line).toBe("M66.67,25L100,75")
})

test("nothing is drawn where there is no value", () => {
  const { certain, uncertain, area } = withUnfinished([2, 2, null, null], [false, true, false, false], 4)
  expect(xs(uncertain.line)).toEqual([0, 33.33])
  expect(xs(certain.line)).toEqual([0])
  expect(area).not.toContain("100,100")
  expect(smooth([null, null], 1)).toEqual({ line: "", area: "" })
})
