import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { read, save } from "../src/browser/spool.ts"
import { blockedStorage, memoryStorage } from "./support/page.ts"

const now = Date.UTC(2026, 10, 23, 12)
const event = (name: string, ageMillis = 0, extra = "") =>
  JSON.stringify({ id: name, timestamp: new Date(now - ageMillis).toISOString(), extra })
const spool = (name = "footfall.queue.ffw_a") => ({
  read: () => read(name, now),
  save: (done: string[], added: string[]) => save(name, now, done, added),
})

beforeEach(() => void vi.stubGlobal("localStorage", memoryStorage()))
afterEach(() => void vi.unstubAllGlobals())

describe("the spool", () => {
  test("gives back what was saved and forgets what is done", () => {
    spool().save([], [event("a"), event("b")])
    spool().save([event("a")], [])
    expect(spool().read()).toEqual([event("b")])
  })

  test("leaves nothing in storage when nothing is unsent", () => {
    spool().save([], [event("a")])
    spool().save([event("a")], [])
    expect(localStorage.getItem("footfall.queue.ffw_a")).toBeNull()
  })

  test("keeps what another tab saved, and each event once", () => {
    spool().save([], [event("a")])
    spool().save([], [event("b"), event("a")])
    expect(spool().read()).toEqual([event("a"), event("b")])
  })

  test("keeps the events of two write keys apart", () => {
    spool("a").save([], [event("a")])
    expect(spool("b").read()).toEqual([])
  })

  test("keeps the last 100 events", () => {
    spool().save(
      [],
      Array.from({ length: 101 }, (_, index) => event(String(index))),
    )
    expect(spool().read()).toHaveLength(100)
    expect(spool().read()[0]).toBe(event("1"))
  })

  test("keeps 100,000 characters at most, the latest", () => {
    spool().save([], [event("a", 0, "x".repeat(60_000)), event("b", 0, "x".repeat(60_000))])
    expect(
      spool()
        .read()
        .map((text) => JSON.parse(text).id),
    ).toEqual(["b"])
  })

  test("drops an event at 24 hours, when the server no longer knows its id", () => {
    const day = 24 * 3600 * 1000
    spool().save([], [event("old", day), event("young", day - 1)])
    expect(spool().read()).toEqual([event("young", day - 1)])
  })

  test.each(["", "{", "null", "7", '{"a":1}', "[1]", '["no json"]', "[null]"])("takes a damaged entry (%s) for an empty one", (text) => {
    localStorage.setItem("footfall.queue.ffw_a", text)
    expect(spool().read()).toEqual([])
    expect(spool().save([], [event("a")])).toBe(true)
    expect(spool().read()).toEqual([event("a")])
  })

  test("says so when storage is blocked, and throws nothing", () => {
    vi.stubGlobal("localStorage", blockedStorage())
    expect(spool().read()).toEqual([])
    expect(spool().save([], [event("a")])).toBe(false)
  })
})
