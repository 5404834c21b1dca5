import { Ajv2020 } from "ajv/dist/2020.js"
import formats from "ajv-formats"
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { history } from "../../src/demo/history.ts"
import { dayBegin } from "../../src/demo/midnight.ts"
import { places } from "../../src/demo/places.ts"
import { growth, launchBefore, wakefulness } from "../../src/demo/rhythm.ts"

const DAY = 86_400_000
/** A Sunday, 00:00 UTC. */
const to = Date.UTC(2026, 10, 22)
const from = to - 28 * DAY
const month = history({ seed: 11, from, to, much: { events: 12_000 } })
const launchAt = month.launchAt ?? 0
const { happenings } = month
const people = happenings.filter((one) => one.event.context.visitorId !== undefined)
const within = (start: number, end: number) => people.filter((one) => one.at >= start && one.at < end).length

describe("the made-up past", () => {
  test("is the same for the same seed and another for another", () => {
    const options = { seed: 3, from: to - 5 * DAY, to, much: { events: 400 } }
    expect(history(options).happenings).toEqual(history(options).happenings)
    expect(history({ ...options, seed: 4 }).happenings).not.toEqual(history(options).happenings)
  })

  test("has about as many events as asked for, in the order of time, all within the range", () => {
    expect(Math.abs(happenings.length - 12_000)).toBeLessThan(600)
    const times = happenings.map((one) => one.at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(from)
    expect(times.at(-1)).toBeLessThan(to)
    for (const { at, event } of happenings) expect(Math.abs(Date.parse(event.timestamp) - at)).toBeLessThan(1)
  })

  test("consists of events that the contract allows, each with its own id", () => {
    const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }))
    const contract = parse(readFileSync(new URL("../../../../contracts/openapi/components/events.yaml", import.meta.url), "utf8"))
    ajv.addSchema({ $id: "events.yaml", ...contract })
    const valid = ajv.compile({ $ref: "events.yaml#/schemas/Event" })
    for (const { event } of happenings) expect(valid(event), JSON.stringify([event, valid.errors])).toBe(true)
    expect(valid({ kind: "pageview" })).toBe(false)
    expect(new Set(happenings.map((one) => one.event.id)).size).toBe(happenings.length)
  })

  test("rests on weekends and at night", () => {
    const onWeekend = within(to - 8 * DAY, to - 8 * DAY + 2 * DAY) / 2
    const midweek = within(from + 2 * DAY, from + 5 * DAY) / 3
    expect(onWeekend).toBeLessThan(midweek)
    const germans = people.filter((one) =>
      places.find((place) => place.zone === "Europe/Berlin")?.networks.some((net) => one.event.context.ip.startsWith(`${net}.`)),
    )
    const hours = germans.map((one) => new Date(one.at + 3_600_000).getUTCHours())
    const night = hours.filter((hour) => hour >= 1 && hour < 5).length
    const morning = hours.filter((hour) => hour >= 9 && hour < 13).length
    expect(night * 5).toBeLessThan(morning)
  })

  test("grows, and peaks on the day of the launch post with people from Hacker News", () => {
    expect(growth(1)).toBeGreaterThan(1.3 * growth(0))
    expect(within(to - 7 * DAY, to)).toBeGreaterThan(1.1 * within(from, from + 7 * DAY))
    const days = Array.from({ length: 28 }, (_, day) => within(from + day * DAY, from + (day + 1) * DAY))
    expect(days.indexOf(Math.max(...days))).toBe(Math.floor((launchAt - from) / DAY))
    const first = people.filter((one) => one.at >= launchAt && one.at < launchAt + DAY && one.event.referrer !== undefined)
    const external = first.filter((one) => !one.event.referrer?.startsWith("https://www.acornandoak.example"))
    expect(external.filter((one) => one.event.referrer?.includes("news.ycombinator.com")).length).toBeGreaterThan(external.length / 2)
  })

  test("has a funnel that narrows at each step, in the order of its steps", () => {
    const reached = (name: string) =>
      new Map(
        people
          .filter((one) => one.event.name === name)
          .toReversed()
          .map((one) => [one.event.context.visitorId, one.at]),
      )
    const steps = ["signup started", "signup completed", "project created", "subscribed"].map(reached)
    const pricing = new Set(people.filter((one) => one.event.url.includes("/pricing")).map((one) => one.event.context.visitorId))
    const sizes = [pricing.size, ...steps.map((step) => step.size)]
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(sizes.at(-1)).toBeGreaterThan(5)
    for (const [index, step] of steps.entries())
      for (const [visitor, at] of step) if (index > 0) expect(steps[index - 1]?.get(visitor)).toBeLessThanOrEqual(at)
    for (const { event } of people.filter((one) => one.event.name === "subscribed")) expect(event.properties?.["amount"]).toBeGreaterThan(0)
  })

  test("brings people back, and machines without a visitor id", () => {
    const days = new Map<string, Set<number>>()
    for (const { at, event } of people) {
      const id = event.context.visitorId ?? ""
      days.set(id, (days.get(id) ?? new Set()).add(Math.floor(at / DAY)))
    }
    const again = [...days.values()].filter((seen) => seen.size > 1).length
    expect(again / days.size).toBeGreaterThan(0.05)
    expect(again / days.size).toBeLessThan(0.4)
    const machines = happenings.length - people.length
    expect(machines / happenings.length).toBeGreaterThan(0.01)
    expect(machines / happenings.length).toBeLessThan(0.06)
  })
})

describe("the ninety days that a demo begins with", () => {
  const begin = to - 90 * DAY
  const season = history({ seed: 12, from: begin, to, much: { events: 60_000 } }).happenings
  const visitors = (start: number, end: number, of: (one: (typeof season)[number]) => boolean = () => true) =>
    new Set(season.filter((one) => one.at >= start && one.at < end && of(one)).map((one) => one.event.context.visitorId)).size

  test("change calmly from the thirty days before to the last thirty, in all and source by source", () => {
    const change = (of?: (one: (typeof season)[number]) => boolean) =>
      visitors(to - 30 * DAY, to, of) / visitors(to - 60 * DAY, to - 30 * DAY, of)
    expect(change()).toBeGreaterThan(1.05)
    expect(change()).toBeLessThan(1.35)
    for (const referrer of ["https://www.google.com/", "https://www.reddit.com/", "https://github.com/acornandoak/planner"]) {
      const changed = change((one) => one.event.referrer === referrer)
      expect(changed, referrer).toBeGreaterThan(0.6)
      expect(changed, referrer).toBeLessThan(1.6)
    }
  })

  test("hold every day from the first to the last, and the days of a week alike", () => {
    const days = Array.from({ length: 90 }, (_, day) => visitors(begin + day * DAY, begin + (day + 1) * DAY))
    expect(Math.min(...days)).toBeGreaterThan(60)
    const week = (days[90 - 2] ?? 0) / (days[90 - 9] ?? 1)
    expect(week).toBeGreaterThan(0.7)
    expect(week).toBeLessThan(1.4)
  })

  test("go on at the same pace after their end", () => {
    const noon = to - 12 * 3_600_000
    const first = history({ seed: 12, from: noon - 30 * DAY, to: noon, much: { events: 60_000 } })
    const later = history({ seed: 13, from: noon, to: noon + 7 * DAY, much: { pace: first.pace } })
    expect(later.launchAt).toBeUndefined()
    expect(later.pace).toBe(first.pace)
    const lastWeek = first.happenings.filter((one) => one.at >= noon - 7 * DAY).length
    expect(later.happenings.length / lastWeek).toBeGreaterThan(0.9)
    expect(later.happenings.length / lastWeek).toBeLessThan(1.15)
  })
})

test.each([
  ["UTC", 90, "2026-08-24T00:00Z"],
  ["Europe/Berlin", 90, "2026-08-24T00:00+02:00"],
  ["Asia/Kolkata", 1, "2026-11-21T00:00+05:30"],
  ["Pacific/Kiritimati", 1, "2026-11-22T00:00+14:00"],
  ["Pacific/Pago_Pago", 1, "2026-11-21T00:00-11:00"],
  // Clocks there skip the hour after midnight.
  ["America/Santiago", 77, "2026-09-06T01:00-03:00"],
])("a past begins with a day of its project: %s, %i days before", (timeZone, days, begin) => {
  expect(dayBegin(Date.parse("2026-11-22T12:00Z"), days, timeZone)).toBe(Date.parse(begin))
})

test("every place sleeps at three and works on a Tuesday at ten by its own clock", () => {
  for (const place of places) {
    const byHour = Array.from({ length: 24 }, (_, hour) => wakefulness(place, Date.UTC(2026, 10, 17, hour)))
    expect(Math.max(...byHour)).toBeGreaterThan(10 * Math.min(...byHour))
  }
  expect(wakefulness({ ...places[0]!, zone: "Asia/Tokyo" }, Date.UTC(2026, 10, 17, 1))).toBeGreaterThan(1)
  expect(wakefulness({ ...places[0]!, zone: "America/New_York" }, Date.UTC(2026, 10, 17, 8))).toBeLessThan(0.1)
})

test("the launch post is on a Tuesday, two o'clock UTC, within the range", () => {
  for (let day = 0; day < 7; day++) {
    const end = to + day * DAY + 7_000_000
    const at = new Date(launchBefore(end, 30))
    expect([at.getUTCDay(), at.getUTCHours()]).toEqual([2, 14])
    expect(at.getTime()).toBeLessThanOrEqual(end - 6 * DAY)
    expect(at.getTime()).toBeGreaterThan(end - 14 * DAY)
  }
})
