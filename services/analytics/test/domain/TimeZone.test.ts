import pg from "pg"
import { describe, expect, it } from "vitest"
import { DAY, HOUR, TimeZone, zoneName } from "../../src/domain/TimeZone.ts"

const wall = (text: string) => Date.parse(`${text}Z`)
const shown = (zone: string, instant: string) => new Date(TimeZone.of(zone).wallAt(Date.parse(instant))).toISOString().slice(0, 19)
const when = (zone: string, text: string) => new Date(TimeZone.of(zone).instantAt(wall(text))).toISOString()

describe("the name of a zone", () => {
  it("is any that IANA knows, aliases and letter case included", () => {
    for (const name of Intl.supportedValuesOf("timeZone")) expect(zoneName(name)).toBe(name)
    expect(zoneName("europe/berlin")).toBe("Europe/Berlin")
    expect(zoneName("utc")).toBe("UTC")
    for (const alias of ["UTC", "Asia/Calcutta", "Asia/Kolkata", "US/Pacific", "Etc/GMT+5", "America/Argentina/Buenos_Aires"])
      expect(zoneName(alias)).toBe(alias)
  })

  it("is spelled as IANA spells it, and stays the alias that was chosen", async () => {
    expect(zoneName("asia/KOLKATA")).toBe("Asia/Kolkata")
    expect(zoneName("ASIA/CALCUTTA")).toBe("Asia/Calcutta")
    const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
    await client.connect()
    const { rows } = await client.query<{ name: string }>("SELECT name FROM pg_timezone_names WHERE name NOT LIKE 'posix%'")
    await client.end()
    const names = rows.map(({ name }) => name).filter((name) => zoneName(name) !== undefined)
    expect(names.length).toBeGreaterThan(450)
    expect(names.filter((name) => zoneName(name.toUpperCase()) !== name)).toEqual([])
    expect(names.filter((name) => zoneName(name.toLowerCase()) !== name)).toEqual([])
  })

  it("is nothing else", () => {
    for (const name of [
      "",
      " ",
      "Mars/Olympus",
      "+05:30",
      "-0800",
      "UTC'; DROP TABLE events --",
      "Europe/Berlin\u0000",
      "Europe/Berlin ",
      "x".repeat(64),
    ])
      expect(zoneName(name), name).toBeUndefined()
  })
})

describe("the clock of a zone", () => {
  it("jumps, repeats and skips as the zone's did", () => {
    expect(shown("Europe/Berlin", "2026-03-29T00:59:59Z")).toBe("2026-03-29T01:59:59")
    expect(shown("Europe/Berlin", "2026-03-29T01:00:00Z")).toBe("2026-03-29T03:00:00")
    expect(shown("Australia/Lord_Howe", "2026-04-04T15:00:00Z")).toBe("2026-04-05T01:30:00")
    expect(shown("Pacific/Apia", "2011-12-30T09:59:59Z")).toBe("2011-12-29T23:59:59")
    expect(shown("Pacific/Apia", "2011-12-30T10:00:00Z")).toBe("2011-12-31T00:00:00")
  })

  it("shows a repeated time first when it first does, and a skipped one right after the jump", () => {
    expect(when("Europe/Berlin", "2026-10-25T02:30:00")).toBe("2026-10-25T00:30:00.000Z")
    expect(when("Europe/Berlin", "2026-03-29T02:00:00")).toBe("2026-03-29T01:00:00.000Z")
    expect(when("America/Havana", "2026-11-01T00:00:00")).toBe("2026-11-01T04:00:00.000Z")
    expect(when("Africa/Cairo", "2026-04-24T00:00:00")).toBe("2026-04-23T22:00:00.000Z")
    expect(when("Pacific/Apia", "2011-12-30T00:00:00")).toBe("2011-12-30T10:00:00.000Z")
    expect(when("America/Sao_Paulo", "2018-02-18T00:00:00")).toBe("2018-02-18T03:00:00.000Z")
  })

  it("agrees with itself: what it shows at an instant, it shows at that instant", () => {
    for (const name of [
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Africa/Casablanca",
      "America/St_Johns",
      "Antarctica/Troll",
    ]) {
      const zone = TimeZone.of(name)
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 1.5 * HOUR) {
        const back = zone.instantAt(zone.wallAt(at))
        // A repeated time means its first showing, which is at most two hours earlier.
        expect(at - back === 0 || (at - back > 0 && at - back <= 2 * HOUR), `${name} ${new Date(at).toISOString()}`).toBe(true)
        expect(zone.wallAt(back)).toBe(zone.wallAt(at))
        expect(at - zone.startOfDay(at)).toBeLessThan(DAY + 2 * HOUR)
      }
    }
  })
})
