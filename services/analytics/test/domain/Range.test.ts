import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { comparedRange, type Compare, parseRange, totalsEnd } from "../../src/domain/Range.ts"
import { TimeZone } from "../../src/domain/TimeZone.ts"

const berlin = TimeZone.of("Europe/Berlin")
const parse = (from: string, to: string, zone = berlin) => Effect.runSync(Effect.result(parseRange(zone, { from, to })))
const text = ({ from, to }: { readonly from: number; readonly to: number }) =>
  [from, to].map((at) => new Date(at).toISOString().replace(":00.000Z", ""))
const range = (from: string, to: string, zone = berlin) => {
  const result = parse(from, to, zone)
  if (result._tag === "Failure") throw result.failure
  return result.success
}
const complaint = (from: string, to: string) => {
  const result = parse(from, to)
  return result._tag === "Failure" ? result.failure.complaints[0]?.pointer : undefined
}
const compared = (from: string, to: string, compare: Compare, zone = berlin) => text(comparedRange(zone, range(from, to, zone), compare))

describe("the edges of a range", () => {
  it("are midnights of the project's zone when they are dates", () => {
    expect(text(range("2026-03-29", "2026-03-30"))).toEqual(["2026-03-28T23:00", "2026-03-29T22:00"])
    expect(text(range("2026-11-01T08:00:00+05:30", "2026-11-01T08:00:00Z"))).toEqual(["2026-11-01T02:30", "2026-11-01T08:00"])
  })

  it("have to exist, lie in order and in our age", () => {
    for (const none of [
      "2026-02-30",
      "2026-13-01",
      "2026-00-10",
      "2025-02-29",
      "2026-02-30T10:00:00Z",
      "2026-01-01T24:00:00Z",
      "2026-01-01T10:60:00Z",
      "2026-01-01T10:00:00+99:99",
    ]) {
      expect(complaint(none, "2027-01-01"), none).toBe("/from")
      expect(complaint("2020-01-01", none), none).toBe("/to")
    }
    expect(complaint("2026-01-02", "2026-01-01")).toBe("/to")
    expect(complaint("2026-01-01", "2026-01-01")).toBe("/to")
    expect(complaint("0001-01-01", "2026-01-01")).toBe("/from")
    expect(complaint("2026-01-01", "9999-12-31")).toBe("/to")
    expect(complaint("2024-02-29", "2024-03-01")).toBeUndefined()
  })

  it("lie between 1970-01-02 and 2099-12-31 by the zone's clock, wherever that is, both days included", () => {
    for (const name of ["UTC", "Asia/Kolkata", "Pacific/Kiritimati", "America/New_York", "Etc/GMT+12"]) {
      const refused = (from: string, to: string) => parse(from, to, TimeZone.of(name))._tag === "Failure"
      expect(refused("1970-01-02", "2099-12-31"), name).toBe(false)
      expect(refused("1970-01-01", "2099-12-31"), name).toBe(true)
      expect(refused("1970-01-02", "2100-01-01"), name).toBe(true)
    }
    expect(complaint("1970-01-01T23:00:00Z", "2099-12-31T22:59:59Z")).toBeUndefined()
    expect(complaint("1970-01-01T22:59:59Z", "2000-01-01")).toBe("/from")
    expect(complaint("2000-01-01", "2099-12-31T23:00:00Z")).toBe("/to")
  })
})

describe("the period before", () => {
  it("is as many local days, whatever the clocks did", () => {
    expect(compared("2026-03-29", "2026-03-31", "previous_period")).toEqual(["2026-03-26T23:00", "2026-03-28T23:00"])
    expect(compared("2026-03-30", "2026-04-06", "previous_period")).toEqual(["2026-03-22T23:00", "2026-03-29T22:00"])
    const apia = TimeZone.of("Pacific/Apia")
    expect(compared("2011-12-31", "2012-01-01", "previous_period", apia)).toEqual(["2011-12-29T10:00", "2011-12-30T10:00"])
  })

  it("is as long as the range when its edges are no midnights", () => {
    expect(compared("2026-03-29T10:00:00Z", "2026-03-29T16:00:00Z", "previous_period")).toEqual(["2026-03-29T04:00", "2026-03-29T10:00"])
  })
})

describe("the year before", () => {
  it("has the same local dates", () => {
    expect(compared("2026-07-01", "2026-08-01", "previous_year")).toEqual(["2025-06-30T22:00", "2025-07-31T22:00"])
    expect(compared("2026-03-29", "2026-03-30", "previous_year")).toEqual(["2025-03-28T23:00", "2025-03-29T23:00"])
  })

  it("has no 29 February, so that compares with the 28th", () => {
    expect(compared("2024-02-29", "2024-03-01", "previous_year")).toEqual(["2023-02-27T23:00", "2023-02-28T23:00"])
    expect(compared("2024-02-01", "2024-03-01", "previous_year")).toEqual(["2023-01-31T23:00", "2023-02-28T23:00"])
    expect(compared("2025-02-01", "2025-03-01", "previous_year")).toEqual(["2024-01-31T23:00", "2024-02-28T23:00"])
    expect(compared("2024-02-28", "2024-02-29", "previous_year")).toEqual(["2023-02-27T23:00", "2023-02-28T23:00"])
  })

  it("keeps local times of edges that are no midnights", () => {
    expect(compared("2026-04-01T10:00:00Z", "2026-04-01T12:00:00Z", "previous_year")).toEqual(["2025-04-01T10:00", "2025-04-01T12:00"])
    expect(compared("2026-03-29T10:00:00Z", "2026-03-29T12:00:00Z", "previous_year")).toEqual(["2025-03-29T11:00", "2025-03-29T13:00"])
  })
})

describe("totals of the compared range", () => {
  it("stop where the asked range has come to", () => {
    const asked = range("2026-11-20", "2026-11-21")
    const before = comparedRange(berlin, asked, "previous_period")
    expect(totalsEnd(asked, before, asked.from + 1000)).toBe(before.from + 1000)
    expect(totalsEnd(asked, before, asked.to)).toBe(before.to)
    expect(totalsEnd(asked, before, asked.to + 1e9)).toBe(before.to)
    expect(totalsEnd(asked, before, asked.from - 1e9)).toBe(before.from)
  })
})
