import { expect, test } from "vitest"
import { dots, line, withUnfinished } from "#lib/charts/paths.ts"

const xs = (d: string) => [...d.matchAll(/[ML](-?[\d.]+),/g)].map((match) => Number(match[1]))

test("a line goes straight from value to value, and one alone is a point", () => {
  expect(line([1, 2, null, 4], 4)).toBe("M0,75L33.33,50M100,0h0")
  expect(line([0, 10, 0], 10)).not.toMatch(/[CcSsQq]/)
  expect(dots([1, null, 4], 4)).toBe("M0,75h0M100,0h0")
})

test("the line of what is certain ends where the unfinished begins, and dashes lead there", () => {
  const { certain, uncertain } = withUnfinished([1, 2, 3, 1], [false, false, false, true], 4)
  expect(certain).toBe("M0,75L33.33,50L66.67,25")
  expect(uncertain).toBe("M66.67,25L100,75")
})

test("nothing is drawn where there is no value", () => {
  const { certain, uncertain, area } = withUnfinished([2, 2, null, null], [false, true, false, false], 4)
  expect(xs(uncertain)).toEqual([0, 33.33])
  expect(xs(certain)).toEqual([0])
  expect(area).not.toContain("100,100")
  expect(line([null, null], 1)).toBe("")
})
