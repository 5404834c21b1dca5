import { expect, test } from "vitest"
import { changeOfCount, changeOfMean, changeOfShare } from "#lib/format/change.ts"

const moved = (direction: "up" | "down" | "flat", good: boolean | undefined, text: string) => ({ kind: "moved", direction, good, text })

test("where there was nothing before, a count is new and not 100 % more; a rate never is", () => {
  expect(changeOfCount(7, 0)).toEqual({ kind: "new" })
  expect(changeOfCount(4, 0)).toEqual({ kind: "none" })
  expect(changeOfMean(12, null)).toEqual({ kind: "none" })
  expect(changeOfShare(0.5, null, "lower")).toEqual({ kind: "none" })
})

test("a handful is nothing to compare with, though what was more can fall to it", () => {
  expect(changeOfCount(4, 1)).toEqual({ kind: "none" })
  expect(changeOfCount(13_000, 2)).toEqual({ kind: "none" })
  expect(changeOfCount(1, 5)).toEqual(moved("down", false, "80%"))
})

test("counts move by percent, with a decimal below ten, and by ten times at most", () => {
  expect(changeOfCount(1162, 1000)).toEqual(moved("up", true, "16%"))
  expect(changeOfCount(935, 1000)).toEqual(moved("down", false, "6.5%"))
  expect(changeOfCount(10_004, 10_000)).toEqual(moved("flat", undefined, "0%"))
  expect(changeOfCount(1000, 100)).toEqual(moved("up", true, "900%"))
  expect(changeOfCount(1001, 100)).toEqual(moved("up", true, ">10×"))
  expect(changeOfCount(35_495, 5)).toEqual(moved("up", true, ">10×"))
})

test("a bounce rate moves by points, and down is good", () => {
  expect(changeOfShare(0.4, 0.48, "lower")).toEqual(moved("down", true, "8 pp"))
  expect(changeOfShare(0.48, 0.4, "lower")).toEqual(moved("up", false, "8 pp"))
})

test("a mean over nothing says nothing", () => {
  expect(changeOfMean(null, 40)).toEqual({ kind: "none" })
  expect(changeOfMean(90, 60)).toEqual(moved("up", true, "50%"))
})
