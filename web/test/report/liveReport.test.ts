import type { Project } from "@footfall/sdk/api"
import { afterEach, expect, test } from "vitest"
import { LiveReport } from "#lib/report/live/liveReport.svelte.ts"
import type { Report } from "#lib/report/live/report.ts"
import { breakdown, failure, report } from "../support/answers.ts"
import { box } from "../support/box.svelte.ts"
import { closePage, openPage } from "../support/openPage.ts"
import { rooted } from "../support/rooted.svelte.ts"

afterEach(closePage)

const project = (id: string): Project => ({ id, name: id, timeZone: "UTC" }) as Project

const opened = (brought: Report = report(10)) => {
  const view = box({ project: project("1"), brought, params: new URLSearchParams() })
  const page = openPage(() => rooted(() => new LiveReport("overview", () => view.value)))
  const live = page.result
  const shown = () => (live.shown.timeseries.ok ? live.shown.timeseries.value.totals.visitors : undefined)
  const go = async (search: string) => {
    view.value = { ...view.value, params: new URLSearchParams(search) }
    await page.settle()
  }
  return { ...page, live, view, shown, go }
}

const online = (latestArrival: string | null, visitors = 1) => ({ visitors, latestArrival, meta: {} })

test("another question is asked for with what the page knows of the project; until it is answered, the last answer stays", async () => {
  const { go, asked, live, shown } = opened()
  await go("p=7d")
  const [question, ...others] = asked()
  expect(others).toEqual([])
  expect(question?.path).toBe("/1/overview")
  expect(Object.fromEntries(question!.params)).toEqual({ p: "7d", zone: "UTC", first: "2026-01-01" })
  expect([live.behind, shown()]).toEqual([true, 10])
  await question!.answer(report(7, { address: "p=7d" }))
  expect([live.behind, shown()]).toEqual([false, 7])
  expect(live.said).toBe("Last 7 days: 7 visitors")
})

test("an answer to a question that is no longer asked is never shown", async () => {
  const { go, asked, shown, live } = opened()
  await go("p=7d")
  const [first] = asked()
  await go("p=90d")
  const [second] = asked()
  expect(first!.abandoned).toBe(true)
  await first!.answer(report(7, { address: "p=7d" }))
  expect([live.behind, shown()]).toEqual([true, 10])
  await second!.answer(report(90, { address: "p=90d" }))
  expect(shown()).toBe(90)
})

test("an answer that comes when the address has changed again is not taken for the new one", async () => {
  const { asked, view, live, shown, pass, settle } = opened()
  // A refresh of the open view is not given up by another address, only by the end of the page.
  void live.again()
  await settle()
  const [refresh] = asked()
  view.value = { ...view.value, params: new URLSearchParams("p=7d") }
  await refresh!.answer(report(11))
  expect(shown()).toBe(10)
  expect(live.behind).toBe(true)
  await pass(0)
})

test("an answer about another project is never shown", async () => {
  const { asked, view, live, shown, settle } = opened()
  void live.again()
  await settle()
  const [refresh] = asked()
  view.value = { project: project("2"), brought: report(200), params: new URLSearchParams() }
  await settle()
  expect(shown()).toBe(200)
  await refresh!.answer(report(11))
  expect(shown()).toBe(200)
})

test("looks every moment, and asks for all only when something arrived", async () => {
  const { asked, pass, shown, live } = opened()
  await pass(1_500)
  const [look, ...none] = asked()
  expect([look?.path, none]).toEqual(["/1/online", []])
  await look!.answer(online("2026-11-23T11:59:00Z", 3))
  expect(live.online).toBe(3)
  expect(asked()).toEqual([])
  await pass(1_500)
  await asked()[0]!.answer(online("2026-11-23T12:00:02Z", 4))
  const [refresh] = asked()
  expect(refresh?.path).toBe("/1/overview")
  await refresh!.answer(report(11, { latestArrival: "2026-11-23T12:00:02Z" }))
  expect(shown()).toBe(11)
})

test("nobody looks at a page that cannot be seen, and one that comes back looks at once", async () => {
  const { asked, pass, look } = opened()
  await look("hidden")
  await pass(60_000)
  expect(asked()).toEqual([])
  await look("visible")
  expect(asked().map(({ path }) => path)).toEqual(["/1/online"])
})

test("what cannot be had leaves the last answer, and is asked for again when the server allows it", async () => {
  const { go, asked, live, pass, shown } = opened()
  await go("p=7d")
  await asked()[0]!.answer({ title: "Too many", detail: "Wait." }, 429, { "retry-after": "30" })
  expect([live.failure?.status, live.behind, shown()]).toEqual([429, true, 10])
  await pass(29_000)
  expect(asked()).toEqual([])
  await pass(2_000)
  await asked()[0]!.answer({ title: "Down", detail: "Down." }, 503)
  // Later each time: 4 s, then 6 s.
  await pass(5_000)
  expect(asked()).toEqual([])
  await pass(2_000)
  await asked()[0]!.answer(report(7, { address: "p=7d" }))
  expect([live.failure, shown()]).toEqual([undefined, 7])
})

test("a card that failed is asked for alone, and the others stay", async () => {
  const cards = {
    pages: { dimension: "page" as const, answer: { ok: false as const, failure: failure(20) } },
    sources: { dimension: "source" as const, answer: { ok: true as const, value: breakdown("source", ["Google"]) } },
  }
  const { asked, pass, live } = opened(report(10, { cards }))
  expect(live.failure?.status).toBe(503)
  const paths: Array<string> = []
  let card
  for (let second = 0; second < 60 && card === undefined; second += 1.5) {
    await pass(1_500)
    for (const question of asked()) {
      paths.push(question.path)
      if (question.path.endsWith("/breakdown")) card = question
      else await question.answer(online("2026-11-23T11:59:00Z"))
    }
  }
  expect(paths).not.toContain("/1/overview")
  expect(Object.fromEntries(card!.params)).toEqual({ dimension: "page", limit: "card" })
  await card!.answer(breakdown("page", ["/", "/docs"]))
  expect(live.failure).toBeUndefined()
  expect(live.shown.cards["sources"]).toBe(cards.sources)
  expect(live.shown.cards["pages"]?.answer).toMatchObject({ ok: true, value: { totalRows: 2 } })
})
