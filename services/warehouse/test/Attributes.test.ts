import { assert, describe, it } from "@effect/vitest"
import { attributeColumns, Attributes } from "../src/Attributes.ts"
import { named } from "./rows.ts"

describe("attributes", () => {
  const attributes = Attributes.of(named)

  it("have a column for every name, and keep their values in the order of the columns", () => {
    const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const byColumn = Object.fromEntries(Object.entries(named).map(([name, value]) => [snakeCase(name), value]))
    assert.deepStrictEqual(Object.fromEntries(attributeColumns.map((column, place) => [column, attributes.values[place]])), byColumn)
    assert.deepStrictEqual(JSON.parse(`[${attributes.encoded}]`), attributes.values)
  })

  it("that were kept before one was added have an empty value for it", () => {
    const kept = new Attributes(attributes.values.slice(0, -1))
    assert.deepStrictEqual(kept.values, [...attributes.values.slice(0, -1), ""])
    assert.strictEqual(JSON.parse(`[${kept.encoded}]`).length, attributeColumns.length)
  })
})
