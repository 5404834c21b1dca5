import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { Dimension } from "../../src/domain/dimensions.ts"
import { type Condition, EVERYTHING, type Filter } from "../../src/domain/Filter.ts"
import { eventsByValue } from "../../src/sql/eventsByValue.ts"
import { firstEvent } from "../../src/sql/firstEvent.ts"
import { online } from "../../src/sql/online.ts"
import { botEvents, latestEvent } from "../../src/sql/tracking.ts"
import { traffic } from "../../src/sql/traffic.ts"
import { values } from "../../src/sql/values.ts"
import { visits } from "../../src/sql/visits.ts"
import { visitsByValue } from "../../src/sql/visitsByValue.ts"

const HOSTILE = "x' OR 1=1 --"
const operators = ["is", "is_not"] as const
const conditions = (operator: Condition["operator"]) =>
  Dimension.literals.map((dimension): Condition => ({ dimension, operator, values: [HOSTILE, `${HOSTILE}2`] }))
const filters: ReadonlyArray<Filter> = [
  EVERYTHING,
  ...operators.flatMap(conditions),
  { and: conditions("is_not") },
  { or: conditions("is") },
  { not: { and: [{ or: conditions("is") }, { not: { and: conditions("is_not") } }] } },
]

const slices = filters.map((filter) => ({ projectId: "7", from: 0, to: 86_400_000, filter }))
const series = slices.map((slice) => ({ ...slice, totalsTo: slice.to, starts: [0, 3_600_000] }))
const byValue = slices.flatMap((slice) =>
  Dimension.literals.map((dimension) => ({ ...slice, dimension, hashes: ["1"], limit: 10, offset: 0 })),
)

/** Every statement of every file, under every filter and for every dimension. A new file needs a row here. */
const statements = {
  traffic: series.map(traffic),
  visits: series.map(visits),
  values: byValue.map(values),
  eventsByValue: byValue.map(eventsByValue),
  visitsByValue: byValue.map(visitsByValue),
  online: [online({ projectId: "7", from: 0, to: 1 })],
  firstEvent: [firstEvent("7")],
  tracking: [latestEvent("7"), botEvents({ projectId: "7", from: 0, to: 1 })],
}

/** What statements are made of, and no question itself. */
const PARTS = new Set(["all", "buckets", "conditions", "filters", "question"])

const files = readdirSync(new URL("../../src/sql/", import.meta.url)).map((name) => name.replace(/\.ts$/, ""))
const all = Object.entries(statements).flatMap(([name, list]) => list.map((statement) => ({ name, ...statement })))
const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length

describe("every statement", () => {
  it("is one of those tested here", () => {
    expect(files.filter((name) => !PARTS.has(name)).sort()).toEqual(Object.keys(statements).sort())
  })

  it("keeps every table it reads inside the project", () => {
    for (const { name, sql } of all) {
      const tables = count(sql, /\b(?:FROM|JOIN)\s+(?!\()\w+/g)
      expect(tables, name).toBeGreaterThan(0)
      expect(count(sql, /project_id = \{project:UInt64\}/g), `${name}\n${sql}`).toBe(tables)
      expect(count(sql, /\b(?:FROM|JOIN)\s+(?:events|sessions|bot_events)\b/g), name).toBe(tables)
    }
  })

  it("binds all values, each that it names and no other, and lets none into its text", () => {
    for (const { name, params, sql } of all) {
      const named = new Set([...sql.matchAll(/\{(\w+):[\w()]+\}/g)].map(([, parameter]) => parameter))
      expect([...named].sort(), name).toEqual(Object.keys(params).sort())
      expect(sql, name).not.toContain(HOSTILE)
      expect(sql, name).not.toContain("undefined")
      for (const [, literal = ""] of sql.matchAll(/'([^']*)'/g)) expect(["UTC", "pageview", "event"], name).toContain(literal)
    }
  })

  it("can only read, and only so much", () => {
    for (const { name, settings } of all) {
      expect(settings?.readonly, name).toBe("2")
      for (const limit of ["max_execution_time", "max_memory_usage", "max_result_rows"] as const)
        expect(Number(settings?.[limit]), name).toBeGreaterThan(0)
    }
  })
})
