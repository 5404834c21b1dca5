import { expect, test } from "vitest"
import { uuidv7 } from "../src/browser/uuid.ts"

test("an id is a version 7 UUID that carries its millisecond", () => {
  const id = uuidv7(0x0189abcdef01)
  expect(id).toMatch(/^0189abcd-ef01-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test("ids of one millisecond differ, and ids of later milliseconds sort later", () => {
  const ids = Array.from({ length: 5000 }, () => uuidv7(1_800_000_000_000))
  expect(new Set(ids).size).toBe(5000)
  expect(uuidv7(1_800_000_000_000) < uuidv7(1_800_000_000_001)).toBe(true)
})
