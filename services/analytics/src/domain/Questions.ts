import type { Breakdown, FirstEventAnswer, Online, Timeseries, Tracking } from "@footfall/contracts/generated/analytics"
import { Clock, Context, Effect, Layer } from "effect"
import { add, bucketAnswers, meta, metricsOf, NOTHING } from "./answers.ts"
import { iso } from "./iso.ts"
import { type Bucket, bucketsOf, type Interval, intervalFor, MAX_BUCKETS } from "./Buckets.ts"
import type { Dimension } from "./dimensions.ts"
import { EVERYTHING, type Filter } from "./Filter.ts"
import { InvalidQuestion } from "./InvalidQuestion.ts"
import { edgesOf, likeBuckets } from "./likeBuckets.ts"
import { comparedRange, type Compare, parseRange, type Range, totalsEnd } from "./Range.ts"
import { makeShares, type ShareLimits, type TooManyQuestions } from "./Shares.ts"
import { Statistics, type ValueCounts, type WarehouseUnavailable } from "./Statistics.ts"
import { TimeZone } from "./TimeZone.ts"

/** How long somebody counts as online after their latest event, ms. */
const ONLINE_MS = 5 * 60_000

/** How far back events of bots are counted, ms. */
const BOTS_MS = 24 * 60 * 60_000

/** How long the time of a project's first event is taken as known, ms, and of how many projects. */
const BEGINNING_MS = 60_000
const BEGINNINGS = 10_000

/**
 * Reads of the warehouse at once, each of one or two statements: together as many as there are connections, so that none waits unseen. One
 * view of the dashboard asks about thirty, so several tabs that are opened again find a place.
 */
const SHARES: ShareLimits = {
  running: { all: 8, project: 6, asker: 4 },
  waiting: { project: 300, asker: 150 },
  patienceMs: 15_000,
}

/** The project that a question is about, whose zone governs days and hours, and who asks: a name of the person or the key. */
export interface Subject {
  readonly id: string
  readonly timeZone: string
  readonly asker: string
}

interface Asked {
  readonly from: string
  readonly to: string
  readonly compare?: Compare
  /** Width of a bucket; by the length of the range when absent. */
  readonly interval?: Interval
  /** Which events count; all without. */
  readonly filter?: Filter
}

type Unanswered = TooManyQuestions | WarehouseUnavailable
type Failure = InvalidQuestion | Unanswered

/** Analytics questions, answered as the contract defines every number. */
export class Questions extends Context.Service<
  Questions,
  {
    timeseries(project: Subject, asked: Asked): Effect.Effect<Timeseries, Failure>
    breakdown(
      project: Subject,
      asked: Asked & { readonly dimension: Dimension; readonly limit: number; readonly cursor?: string },
    ): Effect.Effect<Breakdown, Failure>
    online(project: Subject): Effect.Effect<Online, Unanswered>
    firstEvent(project: Subject): Effect.Effect<FirstEventAnswer, Unanswered>
    tracking(project: Subject): Effect.Effect<Tracking, Unanswered>
  }
>()("@footfall/analytics/Questions") {
  static readonly layer = Layer.effect(
    Questions,
    Effect.gen(function* () {
      const statistics = yield* Statistics
      const inShare = makeShares(SHARES)
      const read = <A>({ id, asker }: Subject, reading: Effect.Effect<A, WarehouseUnavailable>) => inShare({ project: id, asker }, reading)

      /** When a project began, where that is known. It is asked for with every view, and changes only by imports and erasures. */
      const beginnings = new Map<string, { readonly at: number; readonly until: number }>()

      const beginning = Effect.fnUntraced(function* (project: Subject, now: number) {
        const projectId = project.id
        const known = beginnings.get(projectId)
        if (known !== undefined && now < known.until) return known.at
        const first = yield* read(project, statistics.firstEvent(projectId))
        if (beginnings.size >= BEGINNINGS) beginnings.clear()
        if (first === undefined) beginnings.delete(projectId)
        else beginnings.set(projectId, { at: first.at, until: now + BEGINNING_MS })
        return first?.at
      })

      const series = Effect.fnUntraced(function* (
        asked: Asked,
        project: Subject,
        range: Range & { readonly totalsTo: number },
        buckets: ReadonlyArray<Bucket>,
        now: number,
      ) {
        const { from, to, totalsTo } = range
        const slice = { projectId: project.id, from, to, totalsTo, filter: asked.filter ?? EVERYTHING, starts: edgesOf(buckets) }
        const found = yield* read(project, statistics.series(slice))
        return { answers: bucketAnswers(buckets, found.buckets, range, now), totals: metricsOf(found.totals), cost: found.cost }
      })

      const timeseries = Effect.fn("Questions.timeseries")(function* (
        project: Subject,
        asked: Parameters<typeof Questions.Service.timeseries>[1],
      ) {
        const zone = TimeZone.of(project.timeZone)
        const now = yield* Clock.currentTimeMillis
        const range = yield* parseRange(zone, asked)
        const interval = asked.interval ?? intervalFor(range.to - range.from)
        const buckets = bucketsOf(zone, interval, range.from, range.to)
        if (buckets === undefined) {
          return yield* InvalidQuestion.parameter(
            asked.interval === undefined ? "to" : "interval",
            `At most ${MAX_BUCKETS} buckets fit in an answer`,
          )
        }
        const compared = asked.compare === undefined ? undefined : comparedRange(zone, range, asked.compare, interval)
        const totalsTo = compared === undefined ? range.to : totalsEnd(range, compared, now)
        const [main, other, first] = yield* Effect.all(
          [
            series(asked, project, { ...range, totalsTo: range.to }, buckets, now),
            compared === undefined
              ? Effect.undefined
              : series(asked, project, { ...compared, totalsTo }, likeBuckets(buckets, compared), now),
            beginning(project, now),
          ],
          { concurrency: 3 },
        )
        return {
          from: iso(range.from),
          to: iso(range.to),
          timeZone: zone.name,
          interval,
          buckets: main.answers,
          totals: main.totals,
          comparison:
            compared === undefined || other === undefined
              ? null
              : { from: iso(compared.from), to: iso(compared.to), totalsTo: iso(totalsTo), buckets: other.answers, totals: other.totals },
          firstEventAt: first === undefined ? null : iso(first),
          meta: meta(other === undefined ? main.cost : add(main.cost, other.cost)),
        }
      })

      const breakdown = Effect.fn("Questions.breakdown")(function* (
        project: Subject,
        asked: Parameters<typeof Questions.Service.breakdown>[1],
      ) {
        const zone = TimeZone.of(project.timeZone)
        const range = yield* parseRange(zone, asked)
        const { dimension, limit } = asked
        const offset = Number(asked.cursor ?? 0)
        const slice = { projectId: project.id, dimension, filter: asked.filter ?? EVERYTHING }
        const page = yield* read(project, statistics.values({ ...slice, ...range, limit, offset }))
        const hashes = page.rows.map(({ hash }) => hash)
        const compared =
          asked.compare === undefined
            ? undefined
            : comparedRange(zone, range, asked.compare, asked.interval ?? intervalFor(range.to - range.from))
        const to = compared === undefined ? 0 : totalsEnd(range, compared, yield* Clock.currentTimeMillis)
        const [{ visits, cost }, before] = yield* Effect.all(
          [
            read(project, statistics.visitsOf({ ...slice, ...range, hashes })),
            compared === undefined ? Effect.undefined : read(project, statistics.countsOf({ ...slice, from: compared.from, to, hashes })),
          ],
          { concurrency: 2 },
        )
        const previous = (value: string): ValueCounts | null => (before === undefined ? null : (before.counts.get(value) ?? NOTHING))
        const end = offset + page.rows.length
        return {
          from: iso(range.from),
          to: iso(range.to),
          timeZone: zone.name,
          dimension,
          rows: page.rows.map(({ hash: _, ...row }) => ({ ...row, visits: visits.get(row.value) ?? 0, previous: previous(row.value) })),
          totalVisitors: page.totalVisitors,
          totalRows: page.totalRows,
          nextCursor: page.rows.length > 0 && end < page.totalRows && end < 10_000_000 ? String(end) : null,
          meta: meta([page.cost, cost, ...(before === undefined ? [] : [before.cost])].reduce(add)),
        }
      })

      return Questions.of({
        timeseries,
        breakdown,
        online: Effect.fn("Questions.online")(function* (project) {
          const now = yield* Clock.currentTimeMillis
          const slice = { projectId: project.id, from: now - ONLINE_MS, to: now + 1 }
          const { visitors, latest, cost } = yield* read(project, statistics.online(slice))
          return { visitors, latestArrival: latest === undefined ? null : iso(latest), meta: meta(cost) }
        }),
        firstEvent: Effect.fn("Questions.firstEvent")(function* (project) {
          const first = yield* read(project, statistics.firstEvent(project.id))
          if (first === undefined) return { event: null }
          const { at, ...event } = first
          return { event: { ...event, timestamp: iso(at) } }
        }),
        tracking: Effect.fn("Questions.tracking")(function* (project) {
          const now = yield* Clock.currentTimeMillis
          const slice = { projectId: project.id, from: now - BOTS_MS, to: now + 1 }
          const { latest, bots, cost } = yield* read(project, statistics.tracking(slice))
          const at = (instant: number | undefined) => (instant === undefined ? null : iso(instant))
          return {
            latestEventAt: at(latest),
            bots: { events: bots.events, latestEventAt: at(bots.latest), latestSignal: bots.events === 0 ? null : bots.signal },
            meta: meta(cost),
          }
        }),
      })
    }),
  )
}
