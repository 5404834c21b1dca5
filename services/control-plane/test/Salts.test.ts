import { assert, describe, it, layer } from "@effect/vitest"
import * as RedisDriver from "@footfall/platform/Redis"
import { Clock, ConfigProvider, Context, Effect, Exit, Layer, Ref } from "effect"
import { TestClock } from "effect/testing"
import { randomBytes } from "node:crypto"
import { ControlPlaneUnavailable } from "../src/errors.ts"
import { Salts } from "../src/Salts.ts"
import * as SaltsCached from "../src/SaltsCached.ts"

const PREFIX = `t_${randomBytes(6).toString("hex")}:`

/** The Redis of the test run, below a prefix of our own. */
const redis = RedisDriver.layer.pipe(
  Layer.provideMerge(ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: process.env["REDIS_URL"], REDIS_PREFIX: PREFIX }))),
)

/** The real clock, moved: waiting for Redis goes by it, so it has to run. */
const at =
  (text: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.gen(function* () {
      const clock = yield* Clock.Clock
      const ahead = Date.parse(text) - Date.now()
      const moved: Clock.Clock = Object.assign(Object.create(clock), {
        currentTimeMillisUnsafe: () => Date.now() + ahead,
        currentTimeMillis: Effect.sync(() => Date.now() + ahead),
      })
      return yield* Effect.provideService(effect, Clock.Clock, moved)
    })

layer(Salts.layer.pipe(Layer.provideMerge(redis)), { excludeTestServices: true })("salts", (it) => {
  it.effect("are the same for everybody who asks, and different each day", () =>
    Effect.gen(function* () {
      const salts = yield* Salts
      const asked = yield* Effect.forEach(Array.from({ length: 10 }), () => salts.of("2026-11-23"), { concurrency: 10 })
      assert.lengthOf(asked[0] ?? [], 32)
      for (const salt of asked) assert.deepStrictEqual(salt, asked[0])
      assert.notDeepEqual(yield* salts.of("2026-11-24"), asked[0])
      assert.notDeepEqual(yield* salts.of("2026-11-22"), asked[0])
    }).pipe(at("2026-11-23T12:00:00Z")),
  )

  it.effect("are gone when the day after theirs is over, and are never made again", () =>
    Effect.gen(function* () {
      const salts = yield* Salts
      const { client } = yield* RedisDriver.Redis
      const days = Effect.promise(async () => (await client.keys(`${PREFIX}salt:2026-12-*`)).map((key) => key.slice(-10)).sort())
      const salt = yield* salts.of("2026-12-01").pipe(at("2026-12-01T23:59:00Z"))
      assert.deepStrictEqual(yield* salts.of("2026-12-01").pipe(at("2026-12-02T23:59:00Z")), salt)
      yield* salts.forget.pipe(at("2026-12-02T23:59:59Z"))
      assert.deepStrictEqual(yield* days, ["2026-12-01"])
      yield* Effect.gen(function* () {
        yield* salts.of("2026-12-03")
        yield* salts.forget
        assert.deepStrictEqual(yield* days, ["2026-12-03"])
        assert.isTrue(Exit.hasDies(yield* Effect.exit(salts.of("2026-12-01"))))
        assert.isTrue(Exit.hasDies(yield* Effect.exit(salts.of("2026-12-05"))))
        assert.isTrue(Exit.hasDies(yield* Effect.exit(salts.of("nonsense"))))
      }).pipe(at("2026-12-03T00:00:01Z"))
    }),
  )

  it.effect("expire by themselves when their time is over", () =>
    Effect.gen(function* () {
      const salts = yield* Salts
      const { client } = yield* RedisDriver.Redis
      const lifetime = (day: string, now: string) =>
        Effect.gen(function* () {
          yield* salts.of(day).pipe(at(now))
          return yield* Effect.promise(() => client.pttl(`${PREFIX}salt:${day}`))
        })
      const hours = (ms: number) => Math.ceil(ms / 3_600_000)
      assert.strictEqual(hours(yield* lifetime("2026-10-02", "2026-10-01T12:00:00Z")), 60)
      assert.strictEqual(hours(yield* lifetime("2026-10-01", "2026-10-01T12:00:00Z")), 36)
      assert.strictEqual(hours(yield* lifetime("2026-09-30", "2026-10-01T12:00:00Z")), 12)
    }),
  )

  it.effect("that Redis has lost come back from a service that remembers them, unless others have made new ones", () =>
    Effect.gen(function* () {
      const salts = yield* Salts
      const { client } = yield* RedisDriver.Redis
      const first = yield* salts.of("2026-08-01")
      yield* Effect.promise(() => client.del(`${PREFIX}salt:2026-08-01`))
      assert.deepStrictEqual(yield* salts.of("2026-08-01", first), first)
      yield* Effect.promise(() => client.del(`${PREFIX}salt:2026-08-01`))
      const second = yield* salts.of("2026-08-01")
      assert.notDeepEqual(second, first)
      assert.deepStrictEqual(yield* salts.of("2026-08-01", first), second)
    }).pipe(at("2026-08-01T12:00:00Z")),
  )
})

/** A store that can be taken away, and tells how often it was asked. */
class Store extends Context.Service<
  Store,
  { readonly down: Ref.Ref<boolean>; readonly broken: Ref.Ref<boolean>; readonly asked: Ref.Ref<ReadonlyArray<string>> }
>()("test/Store") {}
const store = Layer.effect(
  Store,
  Effect.gen(function* () {
    return { down: yield* Ref.make(false), broken: yield* Ref.make(false), asked: yield* Ref.make<ReadonlyArray<string>>([]) }
  }),
)
const layerMemory = Layer.effect(
  Salts,
  Effect.gen(function* () {
    const { asked, broken, down } = yield* Store
    return Salts.of({
      forget: Effect.void,
      of: Effect.fnUntraced(function* (day, remembered) {
        if (remembered !== undefined) assert.strictEqual(new TextDecoder().decode(remembered), day)
        yield* Ref.update(asked, (days) => [...days, day])
        if (yield* Ref.get(broken)) return yield* Effect.die(new Error("midnight fell between two clocks"))
        if (yield* Ref.get(down)) return yield* new ControlPlaneUnavailable({ cause: new Error("down") })
        return new TextEncoder().encode(day)
      }),
    })
  }),
)
const cached = Layer.fresh(SaltsCached.layer.pipe(Layer.provide(layerMemory), Layer.provideMerge(store)))
const setTime = (text: string) => TestClock.setTime(Date.parse(text))

describe("cached salts", () => {
  it.effect("go on being fetched after a defect", () =>
    Effect.gen(function* () {
      yield* setTime("2026-11-23T12:00:00Z")
      const context = yield* Layer.build(cached)
      const { asked, broken } = Context.get(context, Store)
      yield* TestClock.adjust("1 minute")
      yield* Ref.set(broken, true)
      yield* setTime("2026-11-24T00:00:30Z")
      yield* Ref.set(broken, false)
      yield* Ref.set(asked, [])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Ref.get(asked), ["2026-11-23", "2026-11-24", "2026-11-25"])
    }).pipe(Effect.scoped),
  )

  it.effect("survive midnight while Redis is down, and forget what is two days old", () =>
    Effect.gen(function* () {
      yield* setTime("2026-11-23T23:50:00Z")
      const context = yield* Layer.build(cached)
      const [salts, { asked, down }] = [Context.get(context, Salts), Context.get(context, Store)]
      yield* TestClock.adjust("1 minute")
      yield* Ref.set(down, true)
      yield* setTime("2026-11-24T00:05:00Z")
      assert.strictEqual(new TextDecoder().decode(yield* salts.of("2026-11-24")), "2026-11-24")
      assert.strictEqual(new TextDecoder().decode(yield* salts.of("2026-11-23")), "2026-11-23")
      assert.strictEqual((yield* Effect.flip(salts.of("2026-11-25")))._tag, "ControlPlaneUnavailable")
      yield* Ref.set(down, false)
      yield* setTime("2026-11-25T00:05:00Z")
      yield* TestClock.adjust("1 minute")
      const before = (yield* Ref.get(asked)).length
      yield* salts.of("2026-11-26")
      assert.lengthOf(yield* Ref.get(asked), before)
      yield* salts.of("2026-11-23")
      assert.lengthOf(yield* Ref.get(asked), before + 1)
    }),
  )
})
