import { assert, describe, it } from "@effect/vitest"
import { EventLog, LogUnavailable } from "@footfall/event-log/EventLog"
import { Appended, type Held, held, layerMemory } from "@footfall/event-log/EventLogMemory"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { Collector, type PlacedGroup } from "../../src/domain/Collector.ts"

const placed = (partition: number, id: string, title = ""): PlacedGroup => ({
  partition,
  group: {
    sender: { projectId: "1", visitorId: "2", ip: "", userAgent: "", language: "" },
    receivedAt: 0,
    events: [{ id, kind: "pageview", name: "", at: 0, url: "", referrer: "", title }],
  },
})

const idsOf = (entries: ReadonlyArray<Held>) =>
  entries.map(({ partition, batch }) => [partition, batch.groups.flatMap(({ events }) => events.map(({ id }) => id))] as const)

const collect = (groups: ReadonlyArray<PlacedGroup>) => Effect.flatMap(Collector, (collector) => collector.collect(groups))

const withMemory = Effect.provide(Collector.layer.pipe(Layer.provideMerge(layerMemory)))

/** A log whose appends end when the test says so. */
const slowLog = Effect.sync(() => {
  const appends: Array<{ readonly entries: ReadonlyArray<Held>; readonly end: Deferred.Deferred<void, LogUnavailable> }> = []
  const layer = Layer.succeed(EventLog, {
    append: (entries) =>
      Effect.suspend(() => {
        const end = Deferred.makeUnsafe<void, LogUnavailable>()
        appends.push({ entries: entries.map(held), end })
        return Deferred.await(end)
      }),
    ready: Effect.void,
  })
  return { appends, layer: Collector.layer.pipe(Layer.provide(layer)) }
})

const turns = (count: number) =>
  Effect.promise(async () => {
    for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
  })

describe("Collector", () => {
  it.live("requests that come together are appended together, one entry a partition", () =>
    Effect.gen(function* () {
      const { appends } = yield* Appended
      yield* Effect.all([collect([placed(0, "a")]), collect([placed(1, "b"), placed(0, "c")]), collect([placed(1, "d")])], {
        concurrency: "unbounded",
      })
      assert.deepStrictEqual(appends.map(idsOf), [
        [
          [0, ["a", "c"]],
          [1, ["b", "d"]],
        ],
      ])
    }).pipe(withMemory),
  )

  it.live("a request is answered only when the log has acknowledged it", () =>
    Effect.gen(function* () {
      const { appends, layer } = yield* slowLog
      yield* Effect.gen(function* () {
        const request = yield* Effect.forkChild(collect([placed(0, "a")]))
        yield* turns(10)
        assert.strictEqual(appends.length, 1)
        assert.isUndefined(request.pollUnsafe())
        yield* Deferred.succeed(appends[0]!.end, undefined)
        yield* Fiber.join(request)
      }).pipe(Effect.provide(layer))
    }),
  )

  it.live("what comes while an append is under way waits for its end", () =>
    Effect.gen(function* () {
      const { appends, layer } = yield* slowLog
      yield* Effect.gen(function* () {
        const first = yield* Effect.forkChild(collect([placed(0, "a")]))
        yield* turns(4)
        const rest = yield* Effect.forEach(["b", "c"], (id) => Effect.forkChild(collect([placed(0, id)])))
        yield* Deferred.succeed(appends[0]!.end, undefined)
        yield* Fiber.join(first)
        yield* turns(4)
        assert.deepStrictEqual(
          appends.map(({ entries }) => idsOf(entries)),
          [[[0, ["a"]]], [[0, ["b", "c"]]]],
        )
        yield* Deferred.succeed(appends[1]!.end, undefined)
        yield* Fiber.joinAll(rest)
      }).pipe(Effect.provide(layer))
    }),
  )

  it.live("a slow append holds up nobody for longer than some milliseconds", () =>
    Effect.gen(function* () {
      const { appends, layer } = yield* slowLog
      yield* Effect.gen(function* () {
        yield* Effect.forkChild(collect([placed(0, "a")]))
        yield* turns(4)
        const second = yield* Effect.forkChild(collect([placed(0, "b")]))
        while (appends.length < 2) yield* turns(1)
        yield* Deferred.succeed(appends[1]!.end, undefined)
        yield* Fiber.join(second)
      }).pipe(Effect.provide(layer))
    }),
  )

  it.live("when an append fails, all of its requests fail, and the next ones are tried again", () =>
    Effect.gen(function* () {
      const window = yield* Appended
      window.down = true
      const failures = yield* Effect.all([Effect.flip(collect([placed(0, "a")])), Effect.flip(collect([placed(1, "b")]))], {
        concurrency: "unbounded",
      })
      assert.deepStrictEqual(
        failures.map(({ _tag }) => _tag),
        ["LogUnavailable", "LogUnavailable"],
      )
      window.down = false
      yield* collect([placed(0, "c")])
      assert.deepStrictEqual(window.appends.map(idsOf), [[[0, ["c"]]]])
    }).pipe(withMemory),
  )

  it.live("64 MiB may wait for the log; what comes then is refused at once, until there is room", () =>
    Effect.gen(function* () {
      const { appends, layer } = yield* slowLog
      yield* Effect.gen(function* () {
        const first = yield* Effect.forkChild(collect([placed(0, "a", "x".repeat(64 * 1024 * 1024 - 500))]))
        yield* turns(4)
        assert.strictEqual((yield* Effect.flip(collect([placed(0, "b", "x".repeat(500))])))._tag, "LogUnavailable")
        yield* Deferred.succeed(appends[0]!.end, undefined)
        yield* Fiber.join(first)
        const next = yield* Effect.forkChild(collect([placed(0, "c")]))
        while (appends.length < 2) yield* turns(1)
        yield* Deferred.succeed(appends[1]!.end, undefined)
        yield* Fiber.join(next)
      }).pipe(Effect.provide(layer))
    }),
  )
})
