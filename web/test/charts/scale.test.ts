import { expect, test } from "vitest"
import { axis, position } from "#lib/charts/scale.ts"

test("an axis holds the highest value in a few round steps from zero", () => {
  expect(axis(4455, "count")).toEqual({ max: 6000, ticks: [0, 2000, 4000, 6000] })
  for (const highest of [1, 3, 7, 12, 99, 100, 101, 5_432, 1e6 + 1, 87_654_321]) {
    const { max, ticks } = axis(highest, "count")
    expect(max).toBeGreaterThanOrEqual(highest)
    expect(ticks[0]).toBe(0)
    expect(ticks.at(-1)).toBe(max)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThan(7)
    expect(ticks.every(Number.isInteger)).toBe(true)
  }
})

test("nobody is counted in halves, and a share never passes 100 %", () => {
  expect(axis(1, "count").ticks).toEqual([0, 1])
  expect(axis(1, "share")).toEqual({ max: 1, ticks: [0, 0.25, 0.5, 0.75, 1] })
})

test("durations are marked at minutes, and an empty chart has an axis too", () => {
  expect(axis(200, "seconds").ticks).toEqual([0, 60, 120, 180, 240])
  expect(axis(0, "count").max).toBeGreaterThan(0)
})

test("steps are spread over the whole width, and a single one stands in the middle", () => {
  expect([0, 1, 2].map((index) => position(index, 3))).toEqual([0, 50, 100])
  expect(position(0, 1)).toBe(50)
})
