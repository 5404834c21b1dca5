import { describe, expect, it } from "vitest"
import { bucketsOf, type Interval, intervalFor, MAX_BUCKETS } from "../../src/domain/Buckets.ts"
import { DAY, HOUR, TimeZone } from "../../src/domain/TimeZone.ts"

const buckets = (zone: string, interval: Interval, from: string, to: string) =>
  bucketsOf(TimeZone.of(zone), interval, Date.parse(from), Date.parse(to)) ?? []

const starts = (...args: Parameters<typeof buckets>) =>
  buckets(...args).map(({ start }) => new Date(start).toISOString().replace(":00.000Z", ""))
const hoursLong = (...args: Parameters<typeof buckets>) => buckets(...args).map(({ start, end }) => (end - start) / HOUR)

describe("days", () => {
  it("have 23 and 25 hours when Berlin and New York change their clocks", () => {
    expect(hoursLong("Europe/Berlin", "day", "2026-03-27T23:00Z", "2026-03-30T22:00Z")).toEqual([24, 23, 24])
    expect(hoursLong("Europe/Berlin", "day", "2026-10-23T22:00Z", "2026-10-26T23:00Z")).toEqual([24, 25, 24])
    expect(hoursLong("America/New_York", "day", "2026-03-08T05:00Z", "2026-03-09T04:00Z")).toEqual([23])
    expect(hoursLong("America/New_York", "day", "2026-11-01T04:00Z", "2026-11-02T05:00Z")).toEqual([25])
  })

  it("begin at half past in Kolkata, and last half an hour more or less on Lord Howe", () => {
    expect(starts("Asia/Kolkata", "day", "2026-06-01T00:00Z", "2026-06-02T00:00Z")).toEqual(["2026-05-31T18:30", "2026-06-01T18:30"])
    expect(hoursLong("Australia/Lord_Howe", "day", "2026-04-04T14:00Z", "2026-04-04T15:00Z")).toEqual([24.5])
    expect(hoursLong("Australia/Lord_Howe", "day", "2026-10-03T14:00Z", "2026-10-03T15:00Z")).toEqual([23.5])
  })

  it("leave out the day that Apia skipped", () => {
    expect(starts("Pacific/Apia", "day", "2011-12-29T10:00Z", "2012-01-01T10:00Z")).toEqual([
      "2011-12-29T10:00",
      "2011-12-30T10:00",
      "2011-12-31T10:00",
    ])
    expect(hoursLong("Pacific/Apia", "day", "2011-12-29T10:00Z", "2012-01-01T10:00Z")).toEqual([24, 24, 24])
  })
})

describe("hours", () => {
  it("that come twice are two buckets, and skipped ones none", () => {
    expect(starts("Europe/Berlin", "hour", "2026-10-25T00:00Z", "2026-10-25T03:00Z")).toEqual([
      "2026-10-25T00:00",
      "2026-10-25T01:00",
      "2026-10-25T02:00",
    ])
    expect(buckets("Europe/Berlin", "hour", "2026-10-24T22:00Z", "2026-10-25T23:00Z")).toHaveLength(25)
    expect(buckets("America/New_York", "hour", "2026-03-08T05:00Z", "2026-03-09T04:00Z")).toHaveLength(23)
  })

  it("begin when the clock shows a full hour, also in zones off by half an hour", () => {
    expect(starts("Asia/Kolkata", "hour", "2026-06-01T00:00Z", "2026-06-01T01:00Z")).toEqual(["2026-05-31T23:30", "2026-06-01T00:30"])
  })

  it("stretch and shrink where Lord Howe moves its clocks by half an hour", () => {
    expect(starts("Australia/Lord_Howe", "hour", "2026-04-04T14:00Z", "2026-04-04T16:30Z")).toEqual([
      "2026-04-04T14:00",
      "2026-04-04T15:30",
    ])
    expect(starts("Australia/Lord_Howe", "hour", "2026-10-03T14:30Z", "2026-10-03T17:00Z")).toEqual([
      "2026-10-03T14:30",
      "2026-10-03T15:30",
      "2026-10-03T16:00",
    ])
  })
})

describe("weeks and months", () => {
  it("start on Monday and on the first, at local midnight", () => {
    expect(starts("Europe/Berlin", "week", "2026-03-25T12:00Z", "2026-04-07T12:00Z")).toEqual([
      "2026-03-22T23:00",
      "2026-03-29T22:00",
      "2026-04-05T22:00",
    ])
    expect(starts("America/New_York", "month", "2026-02-10T00:00Z", "2026-04-02T00:00Z")).toEqual([
      "2026-02-01T05:00",
      "2026-03-01T05:00",
      "2026-04-01T04:00",
    ])
  })
})

describe("buckets", () => {
  it("cover every range without gap or overlap, in every zone", () => {
    const zones = [
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "Africa/Cairo",
      "America/Havana",
      "America/St_Johns",
    ]
    const intervals: ReadonlyArray<Interval> = ["hour", "day", "week", "month"]
    for (const zone of zones)
      for (const interval of intervals)
        for (const year of [2011, 2026]) {
          const from = Date.UTC(year, 2, 20, 7, 13, 11, 5)
          const to = from + (interval === "hour" ? 300 : 310) * (interval === "hour" ? HOUR : DAY)
          const all = bucketsOf(TimeZone.of(zone), interval, from, to) ?? []
          const where = `${zone} ${interval} ${year}`
          expect(all[0]?.start, where).toBeLessThanOrEqual(from)
          expect(all[0]?.end, where).toBeGreaterThan(from)
          expect(all.at(-1)?.start, where).toBeLessThan(to)
          expect(all.at(-1)?.end, where).toBeGreaterThanOrEqual(to)
          for (const [index, bucket] of all.entries()) {
            expect(bucket.end, where).toBeGreaterThan(bucket.start)
            if (index > 0) expect(bucket.start, where).toBe(all[index - 1]?.end)
          }
        }
  })

  it("are at most ten thousand", () => {
    const utc = TimeZone.of("UTC")
    expect(bucketsOf(utc, "hour", 0, MAX_BUCKETS * HOUR)).toHaveLength(MAX_BUCKETS)
    expect(bucketsOf(utc, "hour", 0, MAX_BUCKETS * HOUR + 1)).toBeUndefined()
    expect(bucketsOf(utc, "hour", 0, 1e14)).toBeUndefined()
  })

  it("are hours for two days, days for a season, weeks for a year, months beyond", () => {
    expect([1, 2, 3, 90, 100, 101, 366, 400, 4000].map((days) => intervalFor(days * DAY))).toEqual([
      "hour",
      "hour",
      "day",
      "day",
      "day",
      "week",
      "week",
      "month",
      "month",
    ])
  })
})
