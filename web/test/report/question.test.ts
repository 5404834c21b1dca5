import { describe, expect, test } from "vitest"
import {
  chipToFocus,
  withCompare,
  withInverted,
  withFilterToggled,
  withoutFilters,
  withoutTexts,
  withPeriod,
  withRange,
} from "#lib/report/question/links.ts"
import { chipsOf, filterText, ignoredFilters } from "#lib/report/question/filters.ts"
import { addressOf, questionInWords, readQuestion, toQuery } from "#lib/report/question/question.ts"

const now = Date.parse("2026-11-23T12:00:00Z")
const read = (search: string) => readQuestion(new URLSearchParams(search), "UTC", now)
const params = (search: string) => new URLSearchParams(search)

describe("addresses of version 1 mean for ever what they mean today", () => {
  test.each([
    ["", { from: "2026-10-25", to: "2026-11-24", compare: "previous_period" }],
    ["?p=7d&c=off", { from: "2026-11-17", to: "2026-11-24" }],
    ["?p=month&c=year", { from: "2026-11-01", to: "2026-11-24", compare: "previous_year" }],
    ["?from=2026-11-01&to=2026-11-05&p=7d&c=off", { from: "2026-11-01", to: "2026-11-06" }],
    [
      "?p=today&c=off&f=country:is:DE&f=page:is_not:/a:b",
      { from: "2026-11-23", to: "2026-11-24", filter: ["country:is:DE", "page:is_not:/a:b"] },
    ],
    ["?p=90d&c=off", { from: "2026-08-26", to: "2026-11-24" }],
    ["?p=year&c=off", { from: "2026-01-01", to: "2026-11-24" }],
    ["?p=today&c=off&f=source:is:", { from: "2026-11-23", to: "2026-11-24", filter: ["source:is:"] }],
  ])("%s", (search, query) => {
    expect(toQuery(read(search))).toEqual(query)
  })
})

test("what cannot be understood counts as absent", () => {
  const question = read("?p=x&c=y&from=2026-99-01&to=2026-11-05&f=planet:is:Mars&f=country:like:D&f=&f=country:is:DE&f=country:is:DE")
  expect(toQuery(question)).toEqual({ from: "2026-10-25", to: "2026-11-24", compare: "previous_period", filter: ["country:is:DE"] })
  expect(read(`?${new URLSearchParams({ f: "page:is:/\0" })}`).filters).toEqual([])
})

test("what is no filter is named, so that nobody takes it for one", () => {
  expect(ignoredFilters(["page:contains:blog", "country:is:DE", "", "page:contains:blog"])).toEqual(["page:contains:blog"])
})

test("all time begins with the first event, is compared with nothing, and is ten years at most", () => {
  const all = (first?: string) => toQuery(readQuestion(params("?p=all"), "UTC", now, first))
  expect(all("2026-03-04")).toEqual({ from: "2026-03-04", to: "2026-11-24" })
  expect(all()).toEqual({ from: "2026-11-23", to: "2026-11-24" })
  expect(all("2001-01-01").from).toBe("2016-11-16")
})

test("more conditions than the API takes are cut", () => {
  const many = Array.from({ length: 30 }, (_, index) => `f=page:is_not:/${index}`).join("&")
  expect(read(`?${many}`).filters).toHaveLength(19)
})

describe("links change one thing and keep the rest", () => {
  const germany = { dimension: "country", operator: "is", value: "DE" } as const

  test("a filter is added by a click, taken away by the next one, and closes the details", () => {
    const added = withFilterToggled(params("?p=7d&d=country&m=visits"), germany)
    expect(added).toBe("?p=7d&m=visits&f=country%3Ais%3ADE")
    expect(withFilterToggled(params(added), germany)).toBe("?p=7d&m=visits")
    expect(withFilterToggled(params("?f=country:is_not:DE"), germany)).toBe("?")
  })

  test("another value of the same dimension is an alternative", () => {
    const either = withFilterToggled(params("?f=country:is:FR&f=os:is:iOS"), germany)
    expect(either).toBe("?f=country%3Ais%3AFR&f=os%3Ais%3AiOS&f=country%3Ais%3ADE")
    const [chip, other] = chipsOf(read(either).filters)
    expect([chip, other].map((one) => `${one?.subject} ${one?.verb} ${one?.value}`)).toEqual([
      "Country is France or Germany",
      "Operating system is iOS",
    ])
    // Neither instead of either, which are two conditions; each has its chip.
    const neither = withInverted(params(either), chip!.filters)
    expect(neither).toBe("?f=country%3Ais_not%3AFR&f=os%3Ais%3AiOS&f=country%3Ais_not%3ADE")
    expect(chipsOf(read(neither).filters)).toHaveLength(3)
    expect(withoutTexts(params(either), chip!.filters.map(filterText))).toBe("?f=os%3Ais%3AiOS")
  })

  test("is turns to is not and back", () => {
    const inverted = withInverted(params("?f=country:is:DE"), [germany])
    expect(inverted).toBe("?f=country%3Ais_not%3ADE")
    expect(withInverted(params(inverted), [{ ...germany, operator: "is_not" }])).toBe("?f=country%3Ais%3ADE")
  })

  test("periods, ranges and comparisons replace each other, and defaults leave no trace", () => {
    expect(withPeriod(params("?from=2026-11-01&to=2026-11-05&m=visits"), "7d")).toBe("?m=visits&p=7d")
    expect(withPeriod(params("?p=7d"), "30d")).toBe("?")
    expect(withRange(params("?p=7d"), { from: "2026-11-01", to: "2026-11-06" })).toBe("?from=2026-11-01&to=2026-11-05")
    expect(withCompare(params("?c=off"), "previous")).toBe("?")
    expect(withoutFilters(params("?f=a&p=7d&f=b"))).toBe("?p=7d")
  })
})

test("tabs, metric and details ask nothing new; period, range, comparison and filters do", () => {
  const asked = addressOf(params("?p=7d&f=country:is:DE&m=visits&d=page&pages=entry_page"))
  expect(asked).toBe(addressOf(params("?f=country:is:DE&p=7d")))
  for (const other of [
    "?p=7d",
    "?p=7d&f=country:is_not:DE",
    "?p=7d&f=country:is:DE&c=off",
    "?from=2026-11-01&to=2026-11-02&f=country:is:DE",
  ])
    expect(addressOf(params(other))).not.toBe(asked)
})

test("a question can be said", () => {
  expect(questionInWords(read(""))).toBe("Last 30 days")
  expect(questionInWords(read("?p=7d&f=country:is:DE"))).toBe("Country is Germany, last 7 days")
  expect(questionInWords(read("?f=os:is_not:iOS&f=country:is:DE&c=year"))).toBe(
    "Operating system is not iOS, Country is Germany, last 30 days, compared with the previous year",
  )
  expect(questionInWords(read("?from=2026-11-01&to=2026-11-05&c=off"))).toBe("Nov 1 – 5, 2026, not compared")
  // Marks that turn the direction would turn the rest of the sentence, and of the title of the window.
  expect(questionInWords(read("?p=7d&f=event:is:%E2%80%AEabc&f=event:is:%D7%A9%E2%81%A6"))).toBe("Event is abc or ש, last 7 days")
})

test("the focus goes to the chip that is new or turned round, or to the one after what was taken away", () => {
  expect(chipToFocus(["a", "b"], ["a", "b", "c"])).toEqual({ index: 2, link: 0 })
  expect(chipToFocus(["a", "b", "c"], ["a", "not b", "c"])).toEqual({ index: 1, link: 0 })
  expect(chipToFocus(["a", "b", "c"], ["a", "c"])).toEqual({ index: 1, link: 1 })
  expect(chipToFocus(["a", "b"], ["a"])).toEqual({ index: 0, link: 1 })
  expect(chipToFocus(["a"], []).index).toBe(-1)
})
