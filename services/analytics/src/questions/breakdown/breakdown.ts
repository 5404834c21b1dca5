import type { Breakdown } from "@footfall/contracts/generated/analytics"
import { Clock, Effect } from "effect"
import { intervalFor } from "../../domain/Buckets.ts"
import type { Dimension } from "../../domain/dimensions.ts"
import { type Filter, readFilter } from "../../domain/Filter.ts"
import { iso } from "../../domain/iso.ts"
import { comparedRange, parseRange, type Range, totalsEnd } from "../../domain/Range.ts"
import { TimeZone } from "../../domain/TimeZone.ts"
import { type Metric, metricsOf, partsOf, type Sums, sumsOf } from "../../metrics.ts"
import { type Subject, Warehouse } from "../../Warehouse.ts"
import { type Asked, meta } from "../answer.ts"
import { hasName, type Selection } from "./selection.ts"
import { values } from "./values.sql.ts"
import { visits } from "./visits.sql.ts"

const DEFAULT_METRICS: ReadonlyArray<Metric> = ["visitors", "visits", "pageviews", "events"]

/** A cursor is the place of the next row; none leads beyond what it can tell. */
const LAST_CURSOR = 9_999_999

/** A question about the values of a dimension: `limit` rows, after those that `cursor` has seen. */
export interface BreakdownAsked extends Asked {
  readonly dimension: Dimension
  readonly limit: number
  readonly cursor?: string
}

/** A question that makes sense. */
export interface BreakdownPlan {
  readonly asked: BreakdownAsked
  readonly range: Range
  readonly compared: Range | undefined
  readonly filter: Filter
}

/** What a question about a breakdown asks for. Fails when it makes no sense. */
export const planBreakdown = Effect.fnUntraced(function* (subject: Subject, asked: BreakdownAsked) {
  const zone = TimeZone.of(subject.timeZone)
  const range = yield* parseRange(zone, asked)
  const plan: BreakdownPlan = { asked, range, compared: undefined, filter: yield* readFilter(asked.filter) }
  if (asked.compare === undefined) return plan
  const like = comparedRange(zone, range, asked.compare, asked.interval ?? intervalFor(range.to - range.from))
  return { ...plan, compared: { from: like.from, to: totalsEnd(range, like, yield* Clock.currentTimeMillis) } }
})

/** Groups of plans that one read can answer: other dimensions of the same events. Each plan comes with its place among all. */
export const groupPlans = (plans: ReadonlyArray<readonly [place: number, plan: BreakdownPlan]>) => {
  const groups = new Map<string, Array<readonly [number, BreakdownPlan]>>()
  for (const entry of plans) {
    const { asked, range, compared, filter } = entry[1]
    let name = JSON.stringify([range, compared, filter, asked.metrics])
    while (groups.get(name)?.some(([, other]) => other.asked.dimension === asked.dimension)) name += "+"
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  return [...groups.values()]
}

interface Row {
  readonly value: string
  readonly hash: string
  now: Sums
  before: Sums
}

/** What was read of a dimension; rows by their value. */
interface Page {
  readonly rows: Map<string, Row>
  totalRows: number
}

/** The answers to the plans of one group, in their order. */
export const answerBreakdowns = Effect.fnUntraced(function* (subject: Subject, plans: readonly [BreakdownPlan, ...Array<BreakdownPlan>]) {
  const { asked, range, compared, filter } = plans[0]
  const metrics = asked.metrics ?? DEFAULT_METRICS
  const warehouse = yield* Warehouse
  const selection: Selection = {
    projectId: subject.id,
    range,
    compared,
    filter,
    wanted: plans.map((plan) => ({ dimension: plan.asked.dimension, limit: plan.asked.limit, offset: Number(plan.asked.cursor ?? 0) })),
  }
  const pages = plans.map((): Page => ({ rows: new Map(), totalRows: 0 }))

  const parts = [...new Set(["visitors" as const, ...partsOf(metrics, "events")])]
  const found = yield* warehouse.read(subject, values(selection, parts))
  const totals = { visitors: 0, ofNamed: 0 }
  for (const { place, value, hash, values: totalRows, sums, before } of found.rows) {
    const now = sumsOf(parts, sums)
    const page = pages[place]
    if (page !== undefined) {
      page.rows.set(value, { value, hash, now, before: sumsOf(parts, before) })
      page.totalRows = totalRows
    } else if (place === plans.length) totals.visitors = now.visitors ?? 0
    else if (value === "1") totals.ofNamed = now.visitors ?? 0
  }

  const visitParts = partsOf(metrics, "sessions")
  const hashes = pages.flatMap(({ rows }) => [...rows.values()].map(({ hash }) => hash))
  const costs = [found.cost]
  if (visitParts.length > 0 && hashes.length > 0) {
    const { rows, cost } = yield* warehouse.read(subject, visits(selection, hashes, visitParts))
    costs.push(cost)
    for (const { place, value, sums, before } of rows) {
      const row = pages[place]?.rows.get(value)
      if (row === undefined) continue
      row.now = { ...row.now, ...sumsOf(visitParts, sums) }
      row.before = { ...row.before, ...sumsOf(visitParts, before) }
    }
  }

  const cost = meta(...costs)
  return plans.map((plan, place): Breakdown => {
    const { rows, totalRows } = pages[place] as Page
    const end = Number(plan.asked.cursor ?? 0) + rows.size
    return {
      from: iso(range.from),
      to: iso(range.to),
      timeZone: TimeZone.of(subject.timeZone).name,
      dimension: plan.asked.dimension,
      metrics,
      rows: [...rows.values()].map(({ value, now, before }) => ({
        value,
        ...metricsOf(metrics, now),
        previous: compared === undefined ? null : metricsOf(metrics, before),
      })),
      totalVisitors: hasName(plan.asked.dimension) && plans.length > 1 ? totals.ofNamed : totals.visitors,
      totalRows,
      nextCursor: rows.size > 0 && end < totalRows && end <= LAST_CURSOR ? String(end) : null,
      meta: cost,
    }
  })
})
