import { Metric } from "@footfall/contracts/generated/shared"
import type { Metrics } from "@footfall/contracts/generated/shared"
import { PERSON } from "./sql/person.ts"

export { Metric, type Metrics }

export type Table = "events" | "sessions"

/** A number that a statement counts, as an aggregate of the rows of a table: of all, or of those that meet a condition. */
interface Part {
  readonly table: Table
  readonly sql: (when?: string) => string
}

const distinct = (expression: string) => (when?: string) =>
  when === undefined ? `uniqExact(${expression})` : `uniqExactIf(${expression}, ${when})`
const count = (condition: string) => (when?: string) => `countIf(${when === undefined ? condition : `${condition} AND ${when}`})`
const sum = (expression: string) => (when?: string) => (when === undefined ? `sum(${expression})` : `sumIf(${expression}, ${when})`)

/** Rows of sessions are weighted by their sign, so that a row that was replaced counts nothing. */
const PARTS = {
  visitors: { table: "events", sql: distinct(PERSON) },
  pageviews: { table: "events", sql: count("kind = 'pageview'") },
  events: { table: "events", sql: count("kind = 'event'") },
  visits: { table: "sessions", sql: sum("sign") },
  bounces: { table: "sessions", sql: sum("sign * (pageviews = 1 AND events = 0)") },
  durationMs: { table: "sessions", sql: sum("sign * (toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(started_at))") },
} as const satisfies Readonly<Record<string, Part>>

export type PartName = keyof typeof PARTS

/** What was counted; what is absent is 0. */
export type Sums = { readonly [Name in PartName]?: number }

/** How a metric follows from its parts. None is an average of averages or a sum of distinct counts: each range is counted anew. */
interface Definition {
  readonly parts: ReadonlyArray<PartName>
  readonly of: (sums: Required<Sums>) => number | null
}

const itself = (part: PartName): Definition => ({ parts: [part], of: (sums) => sums[part] })

/** A mean has no value where there is nothing to take it of. */
const perVisit = (part: PartName, unit = 1): Definition => ({
  parts: [part, "visits"],
  of: (sums) => (sums.visits === 0 ? null : sums[part] / sums.visits / unit),
})

/** Every metric of the contract, which names and defines it, with its unit and whether more of it is better. */
const METRICS: Readonly<Record<Metric, Definition>> = {
  visitors: itself("visitors"),
  visits: itself("visits"),
  pageviews: itself("pageviews"),
  events: itself("events"),
  bounceRate: perVisit("bounces"),
  visitDuration: perVisit("durationMs", 1000),
}

const NOTHING: Required<Sums> = { visitors: 0, pageviews: 0, events: 0, visits: 0, bounces: 0, durationMs: 0 }

/** Metrics that follow from sums. */
export const metricsOf = (asked: ReadonlyArray<Metric>, sums: Sums = {}): Metrics => {
  const all = { ...NOTHING, ...sums }
  return Object.fromEntries(asked.map((metric) => [metric, METRICS[metric].of(all)]))
}

/** The parts that metrics need of a table. */
export const partsOf = (asked: ReadonlyArray<Metric>, table: Table): ReadonlyArray<PartName> => [
  ...new Set(asked.flatMap((metric) => METRICS[metric].parts).filter((part) => PARTS[part].table === table)),
]

/** Parts as one list of whole numbers, in their order. */
export const sumsSql = (parts: ReadonlyArray<PartName>, when?: string): string =>
  `[${parts.map((part) => `toInt64(${PARTS[part].sql(when)})`).join(", ")}]`

/** What a list of {@link sumsSql} says. */
export const sumsOf = (parts: ReadonlyArray<PartName>, values: ReadonlyArray<number>): Sums =>
  Object.fromEntries(parts.map((part, place) => [part, values[place] ?? 0]))
