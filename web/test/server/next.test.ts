import { expect, test } from "vitest"
import { safeNext } from "#lib/server/next.ts"

test("after signing in one lands on a page of ours", () => {
  expect(safeNext("/728?p=7d&f=country:is:DE#x")).toBe("/728?p=7d&f=country:is:DE#x")
  expect(safeNext(null)).toBe("/")
})

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n//evil.example",
  "javascript:alert(1)",
  "evil",
  "/.//evil.example",
  "",
])("%j leads nowhere else", (next) => {
  expect(new URL(safeNext(next), "http://ours.example").origin).toBe("http://ours.example")
  expect(safeNext(next).startsWith("//")).toBe(false)
})
