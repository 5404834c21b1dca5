import type { Dimension } from "@footfall/sdk/api"
import { afterEach, expect, test } from "vitest"
import { CardRows } from "#lib/report/cards/cardRows.svelte.ts"
import type { Loaded } from "#lib/report/live/report.ts"
import { breakdown, failure } from "../support/answers.ts"
import { box } from "../support/box.svelte.ts"
import { closePage, openPage } from "../support/openPage.ts"
import { rooted } from "../support/rooted.svelte.ts"

afterEach(closePage)

const loaded = (dimension: Dimension, ...values: ReadonlyArray<string>): Loaded => ({
  dimension,
  answer: { ok: true, value: breakdown(dimension, values) },
})

const opened = (first: Loaded = loaded("page", "/")) => {
  const view = box({ project: "1", address: "", answered: "", wanted: "page" as Dimension, loaded: first })
  const page = openPage(() =>
    rooted(
      () => new CardRows(() => view.value),
      (rows) => rows.known,
    ),
  )
  const rows = page.result
  const change = async (more: Partial<typeof view.value>) => {
    view.value = { ...view.value, ...more }
    await page.settle()
  }
  const values = () => rows.known?.value.rows.map(({ value }) => value)
  return { ...page, rows, change, values }
}

test("another tab is asked for alone, and the old rows stay until it is there", async () => {
  const { rows, change, values, asked } = opened()
  expect([values(), rows.stale, asked()]).toEqual([["/"], false, []])
  await change({ wanted: "entry_page" })
  const [tab, ...others] = asked()
  expect([tab?.path, Object.fromEntries(tab!.params), others]).toEqual(["/1/breakdown", { dimension: "entry_page", limit: "card" }, []])
  expect([values(), rows.stale]).toEqual([["/"], true])
  await tab!.answer(breakdown("entry_page", ["/start"]))
  expect([values(), rows.stale, rows.known?.dimension]).toEqual([["/start"], false, "entry_page"])
})

test("the answer for a tab that was left is not shown, also when it comes last", async () => {
  const { change, values, asked } = opened()
  await change({ wanted: "source" })
  const [first] = asked()
  await change({ wanted: "channel" })
  const [second] = asked()
  await second!.answer(breakdown("channel", ["Direct"]))
  await first!.answer(breakdown("source", ["Google"]))
  expect(first!.abandoned).toBe(true)
  expect(values()).toEqual(["Direct"])
})

test("newer rows of the page replace those of a tab; a page that answers another question is waited for", async () => {
  const { change, values, asked, rows } = opened()
  await change({ wanted: "source" })
  await asked()[0]!.answer(breakdown("source", ["Google"]))
  await change({ address: "p=7d" })
  expect([values(), rows.stale, asked()]).toEqual([["Google"], true, []])
  await change({ answered: "p=7d", loaded: loaded("source", "Bing") })
  expect([values(), rows.stale, asked()]).toEqual([["Bing"], false, []])
})

test("a tab that cannot be had says so alone, and keeps the rows before", async () => {
  const { change, values, asked, rows } = opened()
  await change({ wanted: "source" })
  await asked()[0]!.answer({ title: "Unavailable", detail: "Down." }, 503)
  expect([values(), rows.failure?.status, rows.failedAlone, rows.stale]).toEqual([["/"], 503, true, true])
})

test("a card that the page could not bring says so, and is shown when it comes", async () => {
  const { change, values, rows } = opened({ dimension: "page", answer: { ok: false, failure: failure() } })
  expect([values(), rows.failure?.status, rows.failedAlone]).toEqual([undefined, 503, false])
  const later = Promise.resolve({ ok: true as const, value: breakdown("page", ["/late"]) })
  await change({ loaded: { dimension: "page", answer: later } })
  expect([values(), rows.failure]).toEqual([["/late"], undefined])
})
