import { assert, describe, it } from "vitest"
import { checkProperties, PROPERTY_LIMITS } from "../../src/domain/properties.ts"

const faultOf = (value: unknown) => {
  const checked = checkProperties(value)
  return "refused" in checked ? checked.refused : undefined
}

const keys = (count: number, prefix = "k") => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, i]))

/** Objects nested so deep; the outermost is level 1. */
const nested = (levels: number): unknown => (levels === 1 ? { a: 1 } : { a: nested(levels - 1) })

describe("properties", () => {
  it("may be any JSON, which comes back as it was", () => {
    const value = { text: "x", number: -1.5, yes: true, nothing: null, list: [1, "a", { b: [] }], empty: {}, "": 1 }
    assert.deepStrictEqual(checkProperties(value), { properties: value })
  })

  it("must be an object", () => {
    for (const value of [null, [], "x", 1, true]) assert.deepInclude(faultOf(value), { reason: "invalid", pointer: "/properties" })
  })

  it("have at most 64 keys over all levels", () => {
    assert.isUndefined(faultOf(keys(64)))
    assert.isDefined(faultOf(keys(65)))
    assert.isUndefined(faultOf({ a: keys(31), b: [keys(31)] }))
    assert.deepInclude(faultOf({ a: keys(31), b: [keys(32)] }), { pointer: "/properties/b/0" })
  })

  it("have at most 1,000 list items over all levels", () => {
    const list = (count: number) => new Array<number>(count).fill(0)
    assert.isUndefined(faultOf({ a: list(500), b: list(500) }))
    assert.deepInclude(faultOf({ a: list(500), b: list(501) }), { pointer: "/properties/b" })
  })

  it("have at most 5 levels", () => {
    assert.isUndefined(faultOf(nested(PROPERTY_LIMITS.depth)))
    assert.deepInclude(faultOf(nested(PROPERTY_LIMITS.depth + 1)), { pointer: "/properties/a/a/a/a/a" })
    assert.isUndefined(faultOf({ a: [[[[1]]]] }))
    assert.isDefined(faultOf({ a: [[[[[1]]]]] }))
  })

  it("are refused without following them when they are thousands of levels deep", () => {
    assert.deepInclude(faultOf({ a: JSON.parse("[".repeat(200_000) + "]".repeat(200_000)) }), { pointer: "/properties/a/0/0/0/0" })
  })

  it("have strings of at most 1,000 characters and keys of at most 100, counted as characters", () => {
    for (const char of ["x", "ü", "🦊"]) {
      assert.isUndefined(faultOf({ a: char.repeat(1000) }))
      assert.deepInclude(faultOf({ a: [char.repeat(1001)] }), { pointer: "/properties/a/0" })
      assert.isUndefined(faultOf({ [char.repeat(100)]: 1 }))
      assert.isDefined(faultOf({ [char.repeat(101)]: 1 }))
    }
  })

  it("have no NUL, in values or keys, and no number that JSON reads as infinite", () => {
    assert.deepInclude(faultOf({ a: "x\0y" }), { pointer: "/properties/a" })
    assert.deepInclude(faultOf({ a: { "\0": 1 } }), { pointer: "/properties/a" })
    assert.deepInclude(faultOf(JSON.parse(`{"a":[1e999]}`)), { pointer: "/properties/a/0" })
  })

  it("are pointed into with escaped keys", () => {
    assert.deepInclude(faultOf({ "a/b": { "~": ["\0"] } }), { pointer: "/properties/a~1b/~0/0" })
  })

  it("get U+FFFD for half of a surrogate pair, and stay the same object otherwise", () => {
    assert.deepStrictEqual(checkProperties({ "k\ud83e": ["\udd8a", { a: "ok" }] }), { properties: { "k\ufffd": ["\ufffd", { a: "ok" }] } })
    const value = { a: "🦊" }
    const checked = checkProperties(value)
    assert.isTrue("properties" in checked && checked.properties === value)
  })

  it("are refused when two values would be stored at the same place, with a pointer to the second", () => {
    const colliding: ReadonlyArray<readonly [unknown, string]> = [
      [{ "a.b": 1, a: { b: 2 } }, "/a/b"],
      [{ a: { b: 2 }, "a.b": 1 }, "/a.b"],
      [{ a: { "b.c": 1, b: { c: 2 } } }, "/a/b/c"],
      [{ "a.b.c": 1, a: { "b.c": 2 } }, "/a/b.c"],
      [{ "a.b": 1, a: { b: { c: 2 } } }, "/a/b/c"],
      [{ a: { b: { c: 2 } }, "a.b": [] }, "/a.b"],
      [{ a: [{ "x.y": 1, x: { y: 2 } }] }, "/a/0/x/y"],
      [{ a: [1, [{ "x.y": 1, x: { y: 2 } }]] }, "/a/1/0/x/y"],
      [JSON.parse(String.raw`{"k\ud83e":1,"k\ud800":2}`), "/k\ud800"],
      [{ "a~.b/": 1, "a~": { "b/": 2 } }, "/a~0/b~1"],
    ]
    for (const [value, pointer] of colliding)
      assert.deepInclude(faultOf(value), { reason: "invalid", pointer: `/properties${pointer}` }, JSON.stringify(value))
  })

  it("may have dots in their keys as long as every value has a place of its own", () => {
    for (const value of [
      { "a.b": 1, a: { c: 2 } },
      { "a.b": { c: 1 }, a: { b: { d: 2 } } },
      { "a.b": 1, "a.bc": 2, ab: 3 },
      { "a.b": {}, a: { b: 1 } },
      { list: [{ "x.y": 1 }, { x: { y: 2 } }] },
      { ".": 1, "a.": 2 },
    ])
      assert.deepStrictEqual(checkProperties(value), { properties: value })
  })
})
