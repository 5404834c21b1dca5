import { expect, test } from "vitest"
import { changeOfCount, changeOfMean, changeOfShare } from "#lib/format/change.ts"

const moved = (direction: "up" | "down" | "flat", good: boolean | undefined, text: string) => ({ kind: "moved", direction, good, text })

test("where there was nothing before, a number is new and not 100 % more", () => {
  expect(changeOfCount(7, 0)).toEqual({ kind: "new" })
  expect(changeOfCount(0, 0)).toEqual({ kind: "none" })
  expect(changeOfMean(12, null, [9, 0])).toEqual({ kind: "new" })
})

test("a handful is nothing to compare with, though what was more can fall to it", () => {
  expect(changeOfCount(4, 1)).toEqual({ kind: "none" })
  expect(changeOfCount(13_000, 2)).toEqual({ kind: "none" })
  expect(changeOfCount(1, 5)).toEqual(moved("down", false, "80%"))
  expect(changeOfShare(1, 0.5, [900, 2], true)).toEqual({ kind: "none" })
  expect(changeOfMean(90, 60, [2, 900])).toEqual({ kind: "none" })
})

test("counts move by percent, with a decimal below ten and as a multiple from a thousand", () => {
  expect(changeOfCount(1162, 1000)).toEqual(moved("up", true, "16%"))
  expect(changeOfCount(935, 1000)).toEqual(moved("down", false, "6.5%"))
  expect(changeOfCount(10_004, 10_000)).toEqual(moved("flat", undefined, "0%"))
  expect(changeOfCount(1200, 100)).toEqual(moved("up", true, "12×"))
})

test("a bounce rate moves by points, and down is good", () => {
  expect(changeOfShare(0.4, 0.48, [100, 90], true)).toEqual(moved("down", true, "8 pp"))
  expect(changeOfShare(0.48, 0.4, [100, 90], true)).toEqual(moved("up", false, "8 pp"))
})

test("a mean over nothing says nothing", () => {
  expect(changeOfMean(null, 40, [0, 20])).toEqual({ kind: "none" })
  expect(changeOfMean(90, 60, [50, 50])).toEqual(moved("up", true, "50%"))
})
