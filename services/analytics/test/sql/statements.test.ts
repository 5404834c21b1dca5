import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { Dimension } from "../../src/domain/dimensions.ts"
import { EVERYTHING, type Filter, type FilterCondition } from "../../src/domain/Filter.ts"
import { partsOf, Metric } from "../../src/metrics.ts"
import type { Selection } from "../../src/questions/breakdown/selection.ts"
import { values } from "../../src/questions/breakdown/values.sql.ts"
import { visits } from "../../src/questions/breakdown/visits.sql.ts"
import { firstEvent } from "../../src/questions/firstEvent/firstEvent.sql.ts"
import { online } from "../../src/questions/online/online.sql.ts"
import { series } from "../../src/questions/timeseries/series.sql.ts"
import { botEvents, latestEvent } from "../../src/questions/tracking/tracking.sql.ts"

const HOSTILE = "x' OR 1=1 --"
const operators = ["is", "is_not"] as const
const conditions = (operator: FilterCondition["operator"]) =>
  Dimension.literals.map((dimension): FilterCondition => ({ dimension, operator, values: [HOSTILE, `${HOSTILE}2`] }))
const filters: ReadonlyArray<Filter> = [
  EVERYTHING,
  ...operators.flatMap(conditions),
  { and: conditions("is_not") },
  { or: conditions("is") },
  { not: { and: [{ or: conditions("is") }, { not: { and: conditions("is_not") } }] } },
]

const range = { from: 0, to: 86_400_000 }
const spans = [range, { from: -86_400_000, to: 0 }].map((span) => ({
  ...span,
  totalsTo: span.to,
  starts: [span.from, span.from + 3_600_000],
}))
const wanted = Dimension.literals.map((dimension) => ({ dimension, limit: 10, offset: 5 }))
const selections = filters.flatMap((filter) =>
  [undefined, range].flatMap((compared) =>
    [wanted, ...wanted.map((one) => [one])].map((list): Selection => ({ projectId: "7", range, compared, filter, wanted: list })),
  ),
)
const parts = { events: partsOf(Metric.literals, "events"), sessions: partsOf(Metric.literals, "sessions") }

/** Every statement of every file, under every filter and for every dimension. A new file needs a row here. */
const statements = {
  series: filters.flatMap((filter) =>
    (["events", "sessions"] as const).flatMap((table) =>
      [spans.slice(0, 1), spans].map((some) => series("7", table, some, filter, parts[table])),
    ),
  ),
  values: selections.map((selection) => values(selection, parts.events)),
  visits: selections.map((selection) => visits(selection, ["1"], parts.sessions)),
  online: [online({ projectId: "7", from: 0, to: 1 })],
  firstEvent: [firstEvent("7")],
  tracking: [latestEvent("7"), botEvents({ projectId: "7", from: 0, to: 1 })],
}

const files = readdirSync(new URL("../../src/questions/", import.meta.url), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".sql.ts"))
  .map((name) => name.replace(/^.*\/|\.sql\.ts$/g, ""))
const all = Object.entries(statements).flatMap(([name, list]) => list.map((statement) => ({ name, ...statement })))
const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length

describe("every statement", () => {
  it("is one of those tested here", () => {
    expect(files.sort()).toEqual(Object.keys(statements).sort())
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
      for (const [, literal = ""] of sql.matchAll(/'([^']*)'/g))
        expect(["", "UTC", "pageview", "event", "Array(Int64)"], name).toContain(literal)
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
