import { describe, expect, it } from "vitest"
import { hasRoom, MOST_CHARACTERS, MOST_PAIRS, NOWHERE, visit, type Visited } from "../../src/domain/Visited.ts"

const view = (path: string) => ({ path, name: "" })
const all = (events: ReadonlyArray<{ path: string; name: string }>): Visited => events.reduce(visit, NOWHERE)

describe("what a session was about", () => {
  it("is each pair of path and name once, in the order in which they first arrived", () => {
    const events = [view("/b"), view("/a"), { path: "/b", name: "buy" }, view("/b"), { path: "", name: "buy" }, { path: "/b", name: "buy" }]
    expect(all(events)).toEqual({ pages: ["/b", "/a", "/b", ""], names: ["", "", "buy", "buy"] })
  })

  it("is never changed in place: what was written before can be taken back exactly", () => {
    const before = all([view("/a")])
    visit(before, view("/b"))
    expect(before).toEqual({ pages: ["/a"], names: [""] })
  })

  it("has room for a bounded number of pairs, and always for those that it knows", () => {
    const full = all(Array.from({ length: MOST_PAIRS }, (_, n) => view(`/${n}`)))
    expect(hasRoom(full, view("/new"))).toBe(false)
    expect(hasRoom(full, { path: "/1", name: "new" })).toBe(false)
    expect(hasRoom(full, view("/1"))).toBe(true)
    expect(hasRoom({ pages: full.pages.slice(1), names: full.names.slice(1) }, view("/new"))).toBe(true)
  })

  it("has room for a bounded number of characters", () => {
    const long = all([{ path: "/".repeat(MOST_CHARACTERS - 10), name: "12345" }])
    expect(hasRoom(long, view("/1234"))).toBe(true)
    expect(hasRoom(long, view("/12345"))).toBe(false)
    expect(hasRoom(long, { path: "/12", name: "345" })).toBe(false)
  })
})
