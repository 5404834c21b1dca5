import { assert, describe, it } from "@effect/vitest"
import type { LoggedGroup } from "../src/LoggedBatch.ts"
import { serialize } from "../src/serialize.ts"

const titled = (title: string): LoggedGroup => ({
  sender: { projectId: "1", visitorId: "2", ip: "", userAgent: "", language: "" },
  receivedAt: 0,
  events: [{ id: "a", kind: "pageview", name: "", at: 0, url: "", referrer: "", title }],
})

describe("serialize", () => {
  for (const [what, text] of [
    ["ASCII", "a"],
    ["Latin-1", "é"],
    ["other letters", "–日я"],
    ["emoji", "🦊"],
    ["half surrogate pairs, NUL and U+FFFF", "\ud83e\0\uffff"],
  ] as const)
    it(`${what}: the bytes of JSON in UTF-8, whatever the length`, () => {
      for (const times of [0, 1, 900, 3_000, 60_000, 300_000]) {
        const group = titled(text.repeat(times))
        assert.isTrue(Buffer.from(JSON.stringify(group)).equals(serialize(group)), `${times} times`)
      }
    })

  it("what was returned is not written to again", () => {
    const first = serialize(titled("–".repeat(5_000)))
    const before = Buffer.from(first)
    serialize(titled("x–".repeat(5_000)))
    assert.isTrue(before.equals(first))
  })
})
