import { describe, expect, it } from "vitest"
import { Recent, remembering } from "../../src/domain/Recent.ts"

describe("a memory of recent answers", () => {
  it("computes once while it remembers", () => {
    const asked: Array<string> = []
    const length = remembering(10, (key) => {
      asked.push(key)
      return key.length
    })
    expect([length("aa"), length("aa"), length("b")]).toEqual([2, 2, 1])
    expect(asked).toEqual(["aa", "b"])
  })

  it("keeps at least the most recent `size` keys and at most twice as many", () => {
    const recent = new Recent<number>(100)
    for (let n = 0; n < 1_000; n++) recent.set(String(n), n)
    for (let n = 900; n < 1_000; n++) expect(recent.get(String(n))).toBe(n)
    expect(
      Array.from({ length: 1_000 }, (_, n) => recent.get(String(n))).filter((value) => value !== undefined).length,
    ).toBeLessThanOrEqual(200)
  })

  it("keeps what is asked for again and again", () => {
    const recent = new Recent<number>(10)
    recent.set("kept", 1)
    for (let n = 0; n < 200; n++) {
      recent.set(String(n), n)
      expect(recent.get("kept")).toBe(1)
    }
  })
})
