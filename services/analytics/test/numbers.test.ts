import { assert, layer } from "@effect/vitest"
import { seeded } from "@footfall/local/demo/random"
import * as ClickHouse from "@footfall/platform/ClickHouse"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as WarehouseClickHouse from "../src/adapters/WarehouseClickHouse.ts"
import { Dimension } from "../src/domain/dimensions.ts"
import { EVERYTHING, type Filter } from "../src/domain/Filter.ts"
import { type Question, Questions } from "../src/Questions.ts"
import { Metric, type Metrics } from "../src/metrics.ts"
import { matching, metrics } from "./support/naive.ts"
import { configOf, insertRows, warehouse } from "./support/warehouse.ts"
import { eventRows, sessionRows, sessionsBetween, type TestEvent } from "./support/traffic.ts"

const FROM = Date.parse("2026-08-20T00:00:00Z")
const TO = Date.parse("2026-11-20T00:00:00Z")
/** In the middle of the data, so that ranges can be unfinished. */
const NOW = Date.parse("2026-11-05T15:30:00Z")
const PROJECT = "281474976710655"
const HOUR = 3_600_000

const sessions = sessionsBetween(1, FROM, TO, 900)
const strangers = sessionsBetween(2, FROM, TO, 200)

const world = Layer.unwrap(
  Effect.gen(function* () {
    const env = yield* warehouse
    yield* insertRows(env, "events", [...eventRows(PROJECT, sessions), ...eventRows("7", strangers)])
    const bots = [
      { at: NOW - 25 * HOUR, bot_signal: "long ago" },
      { at: NOW - 1000, bot_signal: "user agent: curl/" },
      { at: NOW - 20 * HOUR, bot_signal: "navigator.webdriver" },
    ].flatMap(({ at, bot_signal }) =>
      sessions.slice(0, 1).flatMap((session) => {
        const events = session.events.slice(0, 1).map((event) => ({ ...event, at }))
        return eventRows(PROJECT, [{ ...session, events }]).map((row) => ({ ...row, session_id: "0", bot_signal }))
      }),
    )
    yield* insertRows(env, "bot_events", bots)
    yield* insertRows(env, "sessions", [...sessionRows(PROJECT, sessions), ...sessionRows("7", strangers)])
    return Questions.layer.pipe(Layer.provide(WarehouseClickHouse.layer), Layer.provide(ClickHouse.layer), Layer.provide(configOf(env)))
  }),
)

const ms = (text: string) => Date.parse(text)
const is = (dimension: Dimension, ...[first = "", ...others]: ReadonlyArray<string>): Filter => ({
  dimension,
  operator: "is",
  values: [first, ...others],
})
const isNot = (dimension: Dimension, ...[first = "", ...others]: ReadonlyArray<string>): Filter => ({
  dimension,
  operator: "is_not",
  values: [first, ...others],
})

const TIMESERIES_METRICS: ReadonlyArray<Metric> = ["visitors", "visits", "pageviews", "bounceRate", "visitDuration"]
const BREAKDOWN_METRICS: ReadonlyArray<Metric> = ["visitors", "visits", "pageviews", "events"]

/** Metrics of an answer are those that were asked for, and no others, each as it is defined. */
const same = (actual: Metrics, asked: ReadonlyArray<Metric>, expected: Required<Metrics>, where: string) => {
  assert.deepStrictEqual(Object.keys(actual).sort(), [...asked].sort(), where)
  for (const metric of asked) {
    const [mine, theirs] = [actual[metric], expected[metric]]
    if (mine === null || mine === undefined || theirs === null || Number.isInteger(theirs))
      assert.strictEqual(mine, theirs, `${where}, ${metric}`)
    else assert.approximately(mine, theirs, 1e-9 * Math.max(1, theirs), `${where}, ${metric}`)
  }
}

/** A tree of conditions that somebody might ask, or not. */
const trees = (seed: number, count: number): ReadonlyArray<Filter> => {
  const next = seeded(seed)
  const pick = <A>(list: ReadonlyArray<A>) => list[Math.floor(next() * list.length)] as A
  const valueOf = (dimension: Dimension) => pick(pick(sessions).events).values[dimension]
  const tree = (depth: number): Filter => {
    const kind = next()
    const several = () => Array.from({ length: Math.floor(next() * 4) }, () => tree(depth - 1))
    if (depth > 0 && kind < 0.25) return { and: several() }
    if (depth > 0 && kind < 0.5) return { or: several() }
    if (depth > 0 && kind < 0.6) return { not: tree(depth - 1) }
    const dimension = next() < 0.4 ? pick(["page", "event"] as const) : pick(Dimension.literals)
    const values = Array.from({ length: 1 + Math.floor(next() * 3) }, () => valueOf(dimension))
    return (next() < 0.5 ? is : isNot)(dimension, ...values)
  }
  return Array.from({ length: count }, () => tree(3))
}

const FILTERS: ReadonlyArray<Filter> = [
  EVERYTHING,
  ...Dimension.literals.flatMap((dimension): ReadonlyArray<Filter> => {
    const event = sessions[17]?.events[0]
    const value = dimension === "event" ? "buy 'x'" : (event?.values[dimension] ?? "")
    return [is(dimension, value), isNot(dimension, value)]
  }),
  is("source", ""),
  { and: [is("source", "{filter0:String}"), isNot("country", "DE")] },
  { and: [isNot("page", "/"), isNot("page", "/docs"), is("device", "mobile")] },
  { and: [is("event", ""), isNot("utm_campaign", "日本 👩‍👩‍👧")] },
  is("source", "no such source"),
  { and: [is("browser", "Chrome"), isNot("browser", "Chrome")] },
  { and: [is("country", "DE", "US"), is("page", "/docs", "/pricing"), isNot("page", "/p/3")] },
  { and: [is("event", "signup", "🚀"), is("browser", "Safari"), isNot("page", "/")] },
  { or: [is("page", "/docs"), is("country", "DE")] },
  { not: { or: [is("page", "/docs"), { and: [is("event", "signup"), is("device", "mobile")] }] } },
  { and: [{ or: [is("page", "/"), is("source", "Google")] }, { not: is("event", "signup") }, is("os", "iOS", "macOS")] },
  { or: [] },
  { not: EVERYTHING },
  ...trees(7, 40),
]

const RANGES = [
  { from: "2026-10-20", to: "2026-11-02", timeZone: "Europe/Berlin", interval: "day" },
  { from: "2026-10-25", to: "2026-10-26", timeZone: "Europe/Berlin", interval: "hour" },
  { from: "2026-11-01", to: "2026-11-02", timeZone: "America/New_York", interval: "hour" },
  { from: "2026-08-20", to: "2026-11-20", timeZone: "Asia/Kolkata", interval: "week" },
  { from: "2026-09-20", to: "2026-10-10", timeZone: "Australia/Lord_Howe", interval: "day" },
  { from: "2026-10-29T05:17:03.250Z", to: "2026-11-04T22:01:00-03:00", timeZone: "America/St_Johns", interval: "day" },
  { from: "2026-08-01", to: "2026-12-01", timeZone: "Pacific/Apia", interval: "month" },
] as const

layer(world)("every number", (it) => {
  it.effect("of a timeseries is what the definitions say, in every zone and under every filter", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      let seen = 0
      for (const [index, filter] of FILTERS.entries()) {
        const { timeZone, ...range } = RANGES[index % RANGES.length] as (typeof RANGES)[number]
        const compare = index % 2 === 0 ? "previous_period" : "previous_year"
        const chosen = [undefined, Metric.literals, ["visits", "events"] as const, ["bounceRate"] as const][index % 4]
        const asked = chosen ?? TIMESERIES_METRICS
        const answer = yield* questions.timeseries(
          { id: PROJECT, asker: "user 1", timeZone },
          { ...range, compare, filter, ...(chosen === undefined ? {} : { metrics: chosen }) },
        )
        assert.deepStrictEqual(answer.metrics, asked)
        const events = matching(sessions, filter)
        for (const [from, to, totals, buckets] of [
          [answer.from, answer.to, answer.totals, answer.buckets],
          [answer.comparison?.from ?? "", answer.comparison?.totalsTo ?? "", answer.comparison?.totals, answer.comparison?.buckets],
        ] as const) {
          const where = `${timeZone} ${from} to ${to} ${JSON.stringify(filter)}`
          assert.isDefined(totals)
          same(totals as Metrics, asked, metrics(events, ms(from), ms(to)), where)
          const end = to === answer.to ? answer.to : (answer.comparison?.to ?? "")
          for (const bucket of buckets ?? []) {
            const expected = metrics(events, Math.max(ms(bucket.start), ms(from)), Math.min(ms(bucket.end), ms(end)))
            same(bucket.metrics, asked, expected, `${where}, bucket ${bucket.start}`)
            assert.strictEqual(bucket.partial, ms(bucket.start) < ms(from) || ms(bucket.end) > ms(end) || ms(bucket.end) > NOW, where)
          }
          seen += totals?.visitors ?? 0
        }
        assert.strictEqual(answer.comparison?.buckets.length, answer.buckets.length)
        assert.strictEqual(ms(answer.firstEventAt ?? ""), Math.min(...sessions.flatMap(({ events }) => events.map(({ at }) => at))))
        assert.isTrue(answer.meta.exact)
      }
      assert.isAbove(seen, 500)
    }),
  )

  it.effect("under a filter and under its complement add up to everything", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      const ask = (filter: Filter) =>
        Effect.map(
          questions.timeseries({ id: PROJECT, asker: "user 1", timeZone: "UTC" }, { from: "2026-08-20", to: "2026-11-20", filter }),
          ({ totals }) => totals,
        )
      const all = yield* ask(EVERYTHING)
      for (const dimension of Dimension.literals) {
        const value = dimension === "event" ? "signup" : (sessions[3]?.events[0]?.values[dimension] ?? "")
        const [those, without] = [yield* ask(is(dimension, value)), yield* ask(isNot(dimension, value))]
        assert.strictEqual((those.pageviews ?? NaN) + (without.pageviews ?? NaN), all.pageviews, dimension)
        if (dimension !== "page" && dimension !== "event")
          assert.strictEqual((those.visits ?? NaN) + (without.visits ?? NaN), all.visits, dimension)
      }
    }),
  )

  it.effect("of a breakdown is what the definitions say, for every dimension, page by page, ties in order", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      const next = seeded(99)
      for (const [index, dimension] of Dimension.literals.flatMap((dimension) => Array.from({ length: 5 }, () => dimension)).entries()) {
        const { timeZone, interval: _, ...range } = RANGES[index % RANGES.length] as (typeof RANGES)[number]
        const filter = FILTERS[Math.floor(next() * FILTERS.length)] ?? EVERYTHING
        // Page views have no name, so they are in no row of custom events.
        const events = matching(sessions, filter).filter(({ kind }) => dimension !== "event" || kind === "event")
        const compare = ([undefined, "previous_period", "previous_year"] as const)[index % 3]
        const limit = index % 2 === 0 ? 1000 : 3
        const rows: Array<Record<string, unknown>> = []
        let cursor: string | undefined
        let pages = 0
        do {
          const options = {
            ...(cursor === undefined ? {} : { cursor }),
            ...(compare === undefined ? {} : { compare }),
            ...(index % 2 === 0 ? { metrics: Metric.literals } : {}),
          }
          const asked = options.metrics ?? BREAKDOWN_METRICS
          const answer = yield* questions.breakdown(
            { id: PROJECT, asker: "user 1", timeZone },
            { ...range, ...options, dimension, limit, filter },
          )
          const where = `${dimension} ${timeZone} ${JSON.stringify(filter)}`
          const [from, to] = [ms(answer.from), ms(answer.to)]
          const byValue = Map.groupBy(events, ({ values }) => values[dimension])
          const expected = [...byValue]
            .map(([value, of]) => ({ value, ...metrics(of, from, to) }))
            .filter(({ value }) => byValue.get(value)?.some(({ at }) => at >= from && at < to))
            .sort((a, b) => b.visitors - a.visitors || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)))
          assert.strictEqual(answer.totalRows, expected.length, where)
          assert.strictEqual(answer.totalVisitors, metrics(events, from, to).visitors, where)
          const page = expected.slice(rows.length, rows.length + limit)
          assert.deepStrictEqual(
            answer.rows.map(({ value }) => value),
            page.map(({ value }) => value),
            where,
          )
          for (const [place, { previous: _, value, ...row }] of answer.rows.entries())
            same(row, asked, page[place] as Required<Metrics>, `${where}, ${value}`)
          const before =
            compare === undefined
              ? undefined
              : yield* questions.timeseries({ id: PROJECT, asker: "user 1", timeZone }, { ...range, compare })
          const [start, end] = [ms(before?.comparison?.from ?? ""), ms(before?.comparison?.totalsTo ?? "")]
          for (const { value, previous } of answer.rows) {
            if (before === undefined || previous === null) assert.deepStrictEqual([before, previous], [undefined, null], where)
            else same(previous, asked, metrics(byValue.get(value) ?? [], start, end), `${where}, before, ${value}`)
          }
          rows.push(...answer.rows)
          cursor = answer.nextCursor ?? undefined
          pages++
        } while (cursor !== undefined && pages < 5)
        if (limit === 1000) assert.isUndefined(cursor)
      }
    }),
  )

  it.effect("of a page is right in short ranges, which visits reach into and out of", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(TO)
      const questions = yield* Questions
      const long = sessions.filter(({ events }) => (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0) > 4 * 3_600_000)
      assert.isAbove(long.length, 50)
      for (const { events } of long.slice(0, 60)) {
        // From after its first event to before its last.
        const from = (events[0]?.at ?? 0) + 60_000
        const to = Math.max((events.at(-1)?.at ?? 0) - 60_000, from + 1)
        const all = matching(sessions, EVERYTHING)
        const asked = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), dimension: "page" as const, limit: 1000 }
        const { rows } = yield* questions.breakdown({ id: PROJECT, asker: "user 1", timeZone: "UTC" }, asked)
        for (const { previous: _, value, ...row } of rows) {
          const seen = all.filter(({ values }) => values.page === value)
          same(row, BREAKDOWN_METRICS, metrics(seen, from, to), `${asked.from} to ${asked.to}, ${value}`)
        }
      }
    }),
  )

  it.effect("is the same whether it is asked for alone or with others", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      for (const [index, filter] of FILTERS.filter((_, place) => place % 7 === 0).entries()) {
        const { timeZone, interval: _, ...range } = RANGES[index % RANGES.length] as (typeof RANGES)[number]
        const project = { id: PROJECT, asker: "user 1", timeZone }
        const compare = ([undefined, "previous_period", "previous_year"] as const)[index % 3]
        const asked = { ...range, filter, ...(compare === undefined ? {} : { compare }) }
        const dimensions = Dimension.literals.filter((_, place) => place % 3 === index % 3)
        const list: ReadonlyArray<Question> = [
          { kind: "online" },
          { kind: "timeseries", ...asked },
          ...dimensions.map((dimension, place): Question => ({ kind: "breakdown", ...asked, dimension, limit: 3 + place })),
          { kind: "breakdown", ...asked, dimension: "page", limit: 2, cursor: "2" },
          { kind: "breakdown", ...asked, dimension: "page", limit: 2, cursor: "4" },
          { kind: "breakdown", ...asked, dimension: "event", limit: 2, metrics: ["bounceRate"] },
          { kind: "breakdown", ...range, dimension: "country", limit: 2 },
        ]
        const answers = yield* questions.several(project, list)
        assert.lengthOf(answers, list.length)
        for (const [place, question] of list.entries()) {
          const alone =
            question.kind === "online"
              ? yield* questions.online(project)
              : question.kind === "timeseries"
                ? yield* questions.timeseries(project, question)
                : yield* questions.breakdown(project, question)
          const answered = answers[place]
          assert.strictEqual(answered?.kind, question.kind)
          const bare = ({ meta: _, ...answer }: { readonly meta: unknown }) => answer
          if (answered?.kind !== "unanswered")
            assert.deepStrictEqual(bare(answered?.answer ?? { meta: 0 }), bare(alone), `${JSON.stringify(question)} in ${timeZone}`)
        }
      }
    }),
  )

  it.effect("of people online counts the last five minutes, ends included", () =>
    Effect.gen(function* () {
      const questions = yield* Questions
      const everything: ReadonlyArray<TestEvent> = sessions.flatMap(({ events }) => events)
      const busiest = everything[everything.length >> 1]?.at ?? 0
      for (const now of [busiest, busiest + 300_000, busiest + 300_001, busiest - 1]) {
        yield* TestClock.setTime(now)
        const { visitors, latestArrival } = yield* questions.online({ id: PROJECT, asker: "user 1", timeZone: "UTC" })
        const recent = everything.filter(({ at }) => at >= now - 300_000 && at <= now)
        assert.strictEqual(visitors, new Set(recent.map(({ person }) => person)).size)
        // The rows of this test arrived when they happened.
        assert.strictEqual(latestArrival, recent.length === 0 ? null : new Date(Math.max(...recent.map(({ at }) => at))).toISOString())
      }
    }),
  )

  it.effect("of nothing is nothing: no events, no rows, nulls and not zeros where there is no visit", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      const empty = { id: "5", asker: "user 1", timeZone: "UTC" }
      const series = yield* questions.timeseries(empty, { from: "2026-11-01", to: "2026-11-03", compare: "previous_period" })
      assert.lengthOf(series.buckets, 48)
      const nothing = { visitors: 0, visits: 0, pageviews: 0, bounceRate: null, visitDuration: null }
      for (const { metrics } of series.buckets) assert.deepStrictEqual(metrics, nothing)
      assert.deepStrictEqual(series.comparison?.totals, nothing)
      assert.isNull(series.firstEventAt)
      const rows = yield* questions.breakdown(empty, {
        from: "2026-11-01",
        to: "2026-11-03",
        dimension: "page",
        limit: 10,
        compare: "previous_year",
      })
      assert.deepStrictEqual([rows.rows, rows.totalRows, rows.totalVisitors, rows.nextCursor], [[], 0, 0, null])
      assert.deepStrictEqual(yield* questions.firstEvent(empty), { event: null })
      const { visitors, latestArrival } = yield* questions.online(empty)
      assert.deepStrictEqual([visitors, latestArrival], [0, null])
    }),
  )

  it.effect("of the first event is that of the earliest", () =>
    Effect.gen(function* () {
      const { event } = yield* (yield* Questions).firstEvent({ id: PROJECT, asker: "user 1", timeZone: "UTC" })
      const first = sessions.flatMap(({ events }) => events).reduce((a, b) => (b.at < a.at ? b : a))
      assert.strictEqual(event?.timestamp, new Date(first.at).toISOString())
      assert.strictEqual(event?.page, first.values.page)
      assert.strictEqual(event?.kind, first.kind)
    }),
  )

  it.effect("of tracking is the newest event, and the bots of a day", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      const { latestEventAt, bots } = yield* questions.tracking({ id: PROJECT, asker: "user 1", timeZone: "UTC" })
      const latest = Math.max(...sessions.flatMap(({ events }) => events.map(({ at }) => at)))
      assert.strictEqual(latestEventAt, new Date(latest).toISOString())
      assert.deepStrictEqual(bots, { events: 2, latestEventAt: new Date(NOW - 1000).toISOString(), latestSignal: "user agent: curl/" })
      const none = yield* questions.tracking({ id: "5", asker: "user 1", timeZone: "UTC" })
      assert.deepStrictEqual([none.latestEventAt, none.bots], [null, { events: 0, latestEventAt: null, latestSignal: null }])
    }),
  )

  it.effect("comes in thousands of buckets, each in its place", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(NOW)
      const questions = yield* Questions
      const answer = yield* questions.timeseries(
        { id: PROJECT, asker: "user 1", timeZone: "America/New_York" },
        { from: "2025-10-01", to: "2026-11-20", interval: "hour" },
      )
      assert.isAbove(answer.buckets.length, 9_900)
      const all = matching(sessions, EVERYTHING)
      assert.strictEqual(
        answer.buckets.reduce((sum, { metrics }) => sum + (metrics.pageviews ?? NaN), 0),
        metrics(all, ms(answer.from), ms(answer.to)).pageviews,
      )
      assert.strictEqual(
        answer.buckets.reduce((sum, { metrics }) => sum + (metrics.visits ?? NaN), 0),
        answer.totals.visits,
      )
      const full = answer.buckets.filter(({ metrics }) => metrics.pageviews !== 0)
      for (const bucket of full) assert.strictEqual(bucket.metrics.pageviews, metrics(all, ms(bucket.start), ms(bucket.end)).pageviews)
      const error = yield* Effect.flip(
        questions.timeseries({ id: PROJECT, asker: "user 1", timeZone: "UTC" }, { from: "2020-01-01", to: "2026-11-20", interval: "hour" }),
      )
      assert.strictEqual(error._tag, "InvalidRequest")
    }),
  )
})
