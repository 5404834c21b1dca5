import { expect, test } from "vitest"
import { Pace } from "#lib/report/live/pace.ts"

/** A pace whose clock is put forward by hand. */
const paced = () => {
  let now = 1_000_000
  const pace = new Pace(() => now)
  return { pace, after: (ms: number) => void (now += ms), now: () => now }
}

test("news is fetched at once after a quiet while, and without news only once a minute", () => {
  const { pace, after } = paced()
  after(3_000)
  expect([pace.due(true), pace.due(false)]).toEqual([true, false])
  after(57_000)
  expect(pace.due(false)).toBe(true)
})

test("where news never ends, refreshes come further apart, and the rhythm of a quiet site is back after a while", () => {
  const { pace, after, now } = paced()
  const waits: Array<number> = []
  for (let refresh = 0; refresh < 6; refresh++) {
    let wait = 0
    while (!pace.due(true)) {
      after(500)
      wait += 500
    }
    waits.push(wait)
    pace.refreshed(now(), true)
  }
  expect(waits).toEqual([3_000, 6_000, 12_000, 12_000, 12_000, 12_000])
  after(60_000)
  pace.refreshed(now(), true)
  after(3_000)
  expect(pace.due(true)).toBe(true)
})

test("a refresh that takes long leaves the server ten times as long in peace", () => {
  const { pace, after, now } = paced()
  const began = now()
  after(2_000)
  pace.refreshed(began, true)
  after(19_999)
  expect(pace.due(true)).toBe(false)
  after(1)
  expect(pace.due(true)).toBe(true)
})

test("what fails is tried again later each time, never before the server allows it, and at once when asked to", () => {
  const { pace, after } = paced()
  const waits = Array.from({ length: 8 }, () => {
    pace.failed()
    return pace.untilLook(true, true)
  })
  expect(waits).toEqual([4_000, 6_000, 9_000, 13_500, 20_250, 30_375, 45_562.5, 60_000])
  pace.recovered()
  pace.failed(30)
  expect(pace.untilLook(true, true)).toBe(30_000)
  after(29_999)
  expect(pace.retryDue).toBe(false)
  after(1)
  expect(pace.retryDue).toBe(true)
})

test("looks are seldom where numbers do not move or nobody has been at the page for half an hour", () => {
  const { pace, after } = paced()
  expect([pace.untilLook(true, false), pace.untilLook(false, false)]).toEqual([1_500, 10_000])
  after(30 * 60_000)
  expect(pace.untilLook(true, false)).toBe(10_000)
  pace.touch()
  expect(pace.untilLook(true, false)).toBe(1_500)
})
