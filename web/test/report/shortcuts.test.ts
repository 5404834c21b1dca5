import { expect, test } from "vitest"
import { readQuestion } from "#lib/report/question/question.ts"
import { shortcut } from "#lib/report/question/shortcuts.ts"

const press = (key: string, search = "") => {
  const params = new URLSearchParams(search)
  return shortcut(key, params, readQuestion(params, "UTC", Date.parse("2026-11-23T12:00:00Z")))
}

test("letters choose periods, in either case", () => {
  expect(press("w")).toEqual({ go: "?p=7d" })
  expect(press("D", "?m=visits")).toEqual({ go: "?m=visits&p=today" })
})

test("brackets shift, and not past today", () => {
  expect(press("[", "?p=7d")).toEqual({ go: "?from=2026-11-10&to=2026-11-16" })
  expect(press("]", "?p=7d")).toBeUndefined()
})

test("X goes round the comparisons, Escape clears filters when there are any", () => {
  expect([press("x"), press("x", "?c=year"), press("x", "?c=off")]).toEqual([{ go: "?c=year" }, { go: "?c=off" }, { go: "?" }])
  expect(press("Escape")).toBeUndefined()
  expect(press("Escape", "?f=os:is:iOS")).toEqual({ go: "?" })
})

test("other keys are left alone", () => {
  expect([press("z"), press("Enter"), press("Tab")]).toEqual([undefined, undefined, undefined])
  expect(press("?")).toEqual({ open: "help" })
})
