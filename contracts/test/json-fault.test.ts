import { assert, describe, it } from "vitest"
import { jsonFault } from "../src/json-fault.ts"

const parses = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const position = (text: string) => jsonFault(text).position

describe("jsonFault", () => {
  it("finds the first place where a text is no JSON, and says what should be there", () => {
    for (const [text, at, expected] of [
      ["", 0, "a value"],
      ["  ", 2, "a value"],
      ["{a:1}", 1, "a property name in double quotes"],
      [`{"a" 1}`, 5, "':'"],
      [`{"a":1 "b":2}`, 7, "',' or '}'"],
      ["[1 2]", 3, "',' or ']'"],
      ["[1,]", 3, "a value"],
      [`{"a":1,}`, 7, "a property name in double quotes"],
      [`["a]`, 1, "a complete string"],
      [`["\\x"]`, 1, "a complete string"],
      ["[01]", 2, "',' or ']'"],
      ["[1]]", 3, "the end of the text"],
      ["nul", 0, "a value"],
      ["[undefined]", 1, "a value"],
      ["[}", 1, "a value"],
      [`{"a":`, 5, "a value"],
    ] as const) {
      const fault = jsonFault(text)
      assert.deepStrictEqual([fault.position, fault.expected], [at, expected], text)
      assert.isFalse(parses(text), text)
    }
  })

  it("counts lines and columns from 1", () => {
    assert.deepInclude(jsonFault(`{\n  "a": 1,\n  b: 2\n}`), { line: 3, column: 3 })
    assert.deepInclude(jsonFault("x"), { line: 1, column: 1 })
  })

  it("finds no fault in what stands before the fault", () => {
    const good = JSON.stringify({ a: [1, -2.5e3, true, null, 'x\\"\n🦊'], b: { c: {}, d: [], e: [[["y"]]] } }, null, 1)
    assert.strictEqual(position(good), good.length)
    for (let i = 0; i < good.length; i++) {
      for (const char of ["}", "]", ",", ":", '"', "x", "", "\u0001"]) {
        const text = good.slice(0, i) + char + good.slice(i + 1)
        if (parses(text)) continue
        const at = position(text)
        assert.strictEqual(position(text.slice(0, at)), at, text)
      }
    }
  })

  it("is not impressed by depth", () => {
    assert.strictEqual(position("[".repeat(1_000_000)), 1_000_000)
    assert.strictEqual(position(`${`{"a":`.repeat(150_000)}`), 750_000)
  })
})
