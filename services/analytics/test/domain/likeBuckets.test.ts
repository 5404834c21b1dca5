import { seeded } from "@footfall/local/demo/random"
import { describe, expect, it } from "vitest"
import { bucketsOf, type Interval } from "../../src/domain/Buckets.ts"
import { edgesOf, likeBuckets } from "../../src/domain/likeBuckets.ts"
import { comparedRange, type Compare } from "../../src/domain/Range.ts"
import { DAY, HOUR, TimeZone } from "../../src/domain/TimeZone.ts"

/** The asked buckets and their likes, for dates in a zone. */
const sideBySide = (zone: TimeZone, interval: Interval, compare: Compare, from: number, to: number) => {
  const asked = bucketsOf(zone, interval, from, to) ?? []
  const compared = comparedRange(zone, { from, to }, compare, interval)
  return { asked, compared, like: likeBuckets(asked, compared) }
}

const dated = (zoneName: string, interval: Interval, compare: Compare, from: string, to: string) => {
  const zone = TimeZone.of(zoneName)
  return sideBySide(zone, interval, compare, zone.instantAt(Date.parse(from)), zone.instantAt(Date.parse(to)))
}

const dates = (buckets: ReadonlyArray<{ readonly start: number; readonly end: number }>) =>
  buckets.map(({ start, end }) => [start, end].map((at) => new Date(at).toISOString().slice(0, 10)).join(" "))

describe("buckets of the compared range", () => {
  it("are whole weeks beside whole weeks, as many as were asked for", () => {
    const { asked, compared, like } = dated("UTC", "week", "previous_year", "2024-12-23", "2025-01-13")
    expect(dates(asked)).toEqual(["2024-12-23 2024-12-30", "2024-12-30 2025-01-06", "2025-01-06 2025-01-13"])
    expect(dates(like)).toEqual(["2023-12-25 2024-01-01", "2024-01-01 2024-01-08", "2024-01-08 2024-01-15"])
    expect(dates([{ start: compared.from, end: compared.to }])).toEqual(["2023-12-25 2024-01-15"])
    // Twelve months up to a Thursday: the 52 weeks before, not days that make weeks begin on another day.
    const long = dated("UTC", "week", "previous_period", "2025-12-01", "2026-11-27")
    expect(dates([{ start: long.compared.from, end: long.compared.to }])).toEqual(["2024-12-02 2025-11-28"])
  })

  it("are whole months beside whole months, however long they are", () => {
    const { like } = dated("Europe/Berlin", "month", "previous_period", "2026-01-01", "2026-04-01")
    expect(like.map(({ start, end }) => (end - start) / HOUR)).toEqual([31 * 24 + 1, 30 * 24, 31 * 24])
    expect(dates(dated("UTC", "month", "previous_year", "2025-01-01", "2025-04-01").like)[1]).toBe("2024-02-01 2024-03-01")
  })

  it("are empty where 29 February has no like, and leave it out where it is none", () => {
    expect(dates(dated("UTC", "day", "previous_year", "2024-02-28", "2024-03-02").like)).toEqual([
      "2023-02-28 2023-03-01",
      "2023-03-01 2023-03-01",
      "2023-03-01 2023-03-02",
    ])
    const { like } = dated("UTC", "day", "previous_year", "2025-02-28", "2025-03-02")
    expect(dates(like)).toEqual(["2024-02-28 2024-02-29", "2024-03-01 2024-03-02"])
    expect(edgesOf(like).map((at) => new Date(at).toISOString().slice(5, 10))).toEqual(["02-28", "02-29", "03-01", "03-02"].slice(0, 3))
  })

  it("show the same clock as the asked ones, though clocks were changed in one of the two", () => {
    // A day of 23 hours beside one of 24: the hour that was skipped has none, and nothing moves after it.
    const { asked, like } = dated("Europe/Berlin", "hour", "previous_period", "2026-03-29", "2026-03-30")
    const berlin = TimeZone.of("Europe/Berlin")
    const clock = (at: number) => berlin.wallAt(at) % DAY
    expect(asked).toHaveLength(23)
    expect(like.map(({ start }) => clock(start))).toEqual(asked.map(({ start }) => clock(start)))
  })

  it("are as many as asked, in order, without overlap, and alike in length, in every zone and interval", () => {
    const next = seeded(7)
    const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "America/Havana"]
    const longest = { hour: 4, day: 90, week: 300, month: 900 } as const
    for (let round = 0; round < 2_000; round++) {
      const zone = TimeZone.of(zones[round % zones.length]!)
      const interval = (["hour", "day", "week", "month"] as const)[Math.floor(next() * 4)]!
      const compare = next() < 0.5 ? "previous_period" : "previous_year"
      const day = Date.UTC(2015, 0, 1) + Math.floor(next() * 4_300) * DAY
      // Whole local days mostly, and some edges that are none.
      const [a, b] = next() < 0.8 ? [0, 0] : [Math.floor(next() * DAY), Math.floor(next() * DAY)]
      const from = zone.instantAt(day + a)
      const to = zone.instantAt(day + (1 + Math.floor(next() * longest[interval])) * DAY + b)
      const { asked, compared, like } = sideBySide(zone, interval, compare, from, to)
      const where = `${zone.name} ${interval} ${compare} ${new Date(from).toISOString()} ${new Date(to).toISOString()}`
      expect(like.length, where).toBe(asked.length)
      expect(like[0]!.start, where).toBeLessThanOrEqual(compared.from)
      expect(compared.to, where).toBeGreaterThan(compared.from)
      for (const [index, { start, end }] of like.entries()) {
        expect(end, where).toBeGreaterThanOrEqual(start)
        if (index > 0) expect(start, where).toBeGreaterThanOrEqual(like[index - 1]!.end)
        const length = asked[index]!.end - asked[index]!.start
        // Clocks change by an hour, in one of the two or against each other; months differ by three days.
        const most = 2 * HOUR + (interval === "month" ? 3 * DAY : 0)
        if (end > start) expect(Math.abs(end - start - length), where).toBeLessThanOrEqual(most)
        else expect(compare === "previous_year" || interval === "hour" || interval === "day", where).toBe(true)
        if (interval === "week" && end > start) {
          expect(new Date(zone.wallAt(start)).getUTCDay(), where).toBe(new Date(zone.wallAt(asked[index]!.start)).getUTCDay())
        }
      }
      expect(edgesOf(like), where).toEqual([...new Set(edgesOf(like))].toSorted((x, y) => x - y))
    }
  })
})
