import { afterEach, expect, test } from "vitest"
import { DetailRows } from "#lib/report/details/detailRows.svelte.ts"
import { breakdown } from "../support/answers.ts"
import { closePage, openPage } from "../support/openPage.ts"
import { rooted } from "../support/rooted.svelte.ts"

afterEach(closePage)

const source = {
  project: "1",
  search: "p=7d",
  dimension: "page" as const,
  compared: false,
  whole: { visitors: 9, visits: 9, pageviews: 9 },
}

const opened = (first?: ReturnType<typeof breakdown>) => {
  const page = openPage(() => rooted(() => new DetailRows(source, first)))
  const list = page.result
  return { ...page, list, values: () => list.rows.map(({ value }) => value) }
}

const part = (values: ReadonlyArray<string>, totalRows: number, nextCursor: string | null) =>
  breakdown("page", values, { totalRows, nextCursor })

test("rows come page by page, each after the cursor of the one before", async () => {
  const { list, values, asked } = opened()
  void list.more()
  const [first] = asked()
  expect(Object.fromEntries(first!.params)).toEqual({ p: "7d", dimension: "page", limit: "100" })
  expect(list.loading).toBe(true)
  await first!.answer(part(["/", "/a"], 3, "2"))
  expect([values(), list.total, list.complete, list.loading]).toEqual([["/", "/a"], 3, false, false])
  void list.more()
  const [second] = asked()
  expect(second?.params.get("cursor")).toBe("2")
  await second!.answer(part(["/b"], 3, null))
  expect([values(), list.total, list.complete]).toEqual([["/", "/a", "/b"], 3, true])
  await list.more()
  expect(asked()).toEqual([])
})

test("a row that slips from one page to the next is listed once", async () => {
  const { list, values, asked } = opened(part(["/", "/a"], 4, "2"))
  void list.more()
  await asked()[0]!.answer(part(["/a", "/b"], 4, null))
  expect([values(), list.total]).toEqual([["/", "/a", "/b"], 3])
})

test("asked twice at once, rows are fetched once", async () => {
  const { list, values, asked } = opened(part(["/"], 2, "1"))
  void list.more()
  void list.more()
  const [only, ...none] = asked()
  expect(none).toEqual([])
  await only!.answer(part(["/a"], 2, null))
  expect(values()).toEqual(["/", "/a"])
})

test("all rows are fetched a thousand at a time, until there are no more", async () => {
  const { list, values, asked, settle } = opened(part(["/"], 3, "1"))
  void list.all()
  await settle()
  const [first] = asked()
  expect(first?.params.get("limit")).toBe("1000")
  await first!.answer(part(["/a"], 3, "2"))
  await asked()[0]!.answer(part(["/b"], 3, null))
  expect([values(), asked()]).toEqual([["/", "/a", "/b"], []])
})

test("a failure ends it, keeps what is there, and can be tried again", async () => {
  const { list, values, asked, settle } = opened(part(["/"], 3, "1"))
  void list.all()
  await settle()
  await asked()[0]!.answer({ title: "Unavailable", detail: "Down." }, 503)
  expect([list.failed, list.loading, values(), asked()]).toEqual([true, false, ["/"], []])
  void list.more()
  await asked()[0]!.answer(part(["/a"], 2, null))
  expect([list.failed, values()]).toEqual([false, ["/", "/a"]])
})

test("a list that is closed asks no more", async () => {
  const { list, asked, settle } = opened(part(["/"], 3, "1"))
  void list.all()
  await settle()
  const [open] = asked()
  list.stop()
  await settle()
  expect(open!.abandoned).toBe(true)
  await settle()
  expect(asked()).toEqual([])
})
