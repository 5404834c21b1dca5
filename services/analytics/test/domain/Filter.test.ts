import { Effect } from "effect"
import { expect, it } from "vitest"
import { dimensionsOf, EVERYTHING, parseFilter } from "../../src/domain/Filter.ts"

it("of no text is met by every event", () => {
  expect(Effect.runSync(parseFilter([]))).toEqual(EVERYTHING)
})

it("of several texts makes alternatives of the values of one dimension, and asks for all the rest", () => {
  const texts = ["country:is:DE", "page:is_not:/a", "page:is:/x:y", "country:is:FR", "page:is_not:", "source:is:"]
  expect(Effect.runSync(parseFilter(texts))).toEqual({
    and: [
      { dimension: "country", operator: "is", values: ["DE", "FR"] },
      { dimension: "page", operator: "is_not", values: ["/a"] },
      { dimension: "page", operator: "is_not", values: [""] },
      { dimension: "page", operator: "is", values: ["/x:y"] },
      { dimension: "source", operator: "is", values: [""] },
    ],
  })
})

it("names the dimensions it asks about, however deep", () => {
  const page = { dimension: "page", operator: "is", values: ["/"] } as const
  const country = { dimension: "country", operator: "is_not", values: ["DE"] } as const
  expect(dimensionsOf({ or: [{ not: page }, { and: [country, EVERYTHING] }] })).toEqual(["page", "country"])
})

it("is refused where it names no dimension, with a pointer to each", () => {
  const { complaints } = Effect.runSync(Effect.flip(parseFilter(["page:is:/", "password:is:x", "toString:is:x", "constructor:is_not:"])))
  expect(complaints.map(({ pointer }) => pointer)).toEqual(["/filter/1", "/filter/2", "/filter/3"])
})
