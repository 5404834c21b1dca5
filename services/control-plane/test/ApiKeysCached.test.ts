import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Ref } from "effect"
import { TestClock } from "effect/testing"
import { ApiKeys } from "../src/ApiKeys.ts"
import * as ApiKeysCached from "../src/ApiKeysCached.ts"
import { BoundedMap } from "../src/BoundedMap.ts"
import { ControlPlaneUnavailable, UnknownKey } from "../src/errors.ts"
import { ProjectId } from "../src/ids.ts"

const KEY = "ffw_0123456789012345678901"
const HOLDER = { kind: "write", projectId: ProjectId.make("7"), scopes: [] } as const

/** The cache over a store with switches, whose answers take a millisecond. */
const world = Effect.gen(function* () {
  const known = yield* Ref.make<ReadonlyArray<string>>([KEY])
  const down = yield* Ref.make(false)
  const asked = yield* Ref.make(0)
  const unused = Effect.die(new Error("not asked for here"))
  const store = Layer.succeed(ApiKeys, {
    resolve: Effect.fnUntraced(function* (key) {
      yield* Ref.update(asked, (count) => count + 1)
      yield* Effect.sleep("1 milli")
      if (yield* Ref.get(down)) return yield* new ControlPlaneUnavailable({ cause: new Error("down") })
      return (yield* Ref.get(known)).includes(key) ? HOLDER : yield* new UnknownKey()
    }),
    createSecretKey: () => unused,
    list: () => unused,
    revoke: () => unused,
  })
  const keys = yield* Effect.provide(ApiKeys, yield* Layer.build(Layer.fresh(ApiKeysCached.layer.pipe(Layer.provide(store)))))
  /** Resolves while time goes on, as it does. */
  const resolve = (key: string) =>
    Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(Effect.result(keys.resolve(key)))
      yield* TestClock.adjust("2 millis")
      const result = yield* Fiber.join(fiber)
      return result._tag === "Success" ? "known" : result.failure._tag
    })
  return { known, down, asked: Ref.get(asked), resolve }
})

describe("cached keys", () => {
  it.effect("are looked up once for many requests", () =>
    Effect.gen(function* () {
      const { asked, resolve } = yield* world
      const all = yield* Effect.forEach(Array.from({ length: 50 }), () => resolve(KEY), { concurrency: 50 })
      assert.deepStrictEqual(new Set(all), new Set(["known"]))
      assert.strictEqual(yield* asked, 1)
    }),
  )

  it.effect("are refused at most ten seconds after they were revoked", () =>
    Effect.gen(function* () {
      const { known, resolve } = yield* world
      assert.strictEqual(yield* resolve(KEY), "known")
      yield* Ref.set(known, [])
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(yield* resolve(KEY), "known")
      yield* TestClock.adjust("6 seconds")
      assert.strictEqual(yield* resolve(KEY), "UnknownKey")
    }),
  )

  it.effect("that were revoked are not good again when Postgres goes down", () =>
    Effect.gen(function* () {
      const { down, known, resolve } = yield* world
      assert.strictEqual(yield* resolve(KEY), "known")
      yield* Ref.set(known, [])
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* resolve(KEY), "UnknownKey")
      yield* Ref.set(down, true)
      for (const wait of ["1 second", "10 seconds", "1 day"] as const) {
        yield* TestClock.adjust(wait)
        assert.notStrictEqual(yield* resolve(KEY), "known", wait)
      }
    }),
  )

  it.effect("stay usable for days while Postgres is down, and unknown ones are not called unknown then", () =>
    Effect.gen(function* () {
      const { asked, down, known, resolve } = yield* world
      assert.strictEqual(yield* resolve(KEY), "known")
      yield* Ref.set(down, true)
      yield* TestClock.adjust("3 days")
      assert.strictEqual(yield* resolve(KEY), "known")
      const before = yield* asked
      for (let index = 0; index < 100; index++) assert.strictEqual(yield* resolve(KEY), "known")
      assert.strictEqual(yield* asked, before, "Postgres is left alone for a second after a failure")
      assert.strictEqual(yield* resolve("ffw_9999999999999999999999"), "ControlPlaneUnavailable")
      yield* Ref.set(down, false)
      yield* Ref.set(known, [])
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* resolve(KEY), "UnknownKey")
    }),
  )

  it.effect("are believed unknown for five seconds, so that wrong keys do not reach Postgres", () =>
    Effect.gen(function* () {
      const { asked, known, resolve } = yield* world
      yield* Ref.set(known, [])
      for (let index = 0; index < 100; index++) assert.strictEqual(yield* resolve(KEY), "UnknownKey")
      assert.strictEqual(yield* asked, 1)
      yield* Ref.set(known, [KEY])
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* resolve(KEY), "known")
    }),
  )

  it.effect("come before made-up ones: 32 of those are looked up at once, and the next is told to try again", () =>
    Effect.gen(function* () {
      const { asked, resolve } = yield* world
      assert.strictEqual(yield* resolve(KEY), "known")
      yield* TestClock.adjust("6 seconds")
      const flood = Array.from({ length: 100 }, (_, index) => `ffw_${String(index).padStart(22, "0")}`)
      const [answers, known] = yield* Effect.all([Effect.forEach(flood, resolve, { concurrency: 100 }), resolve(KEY)], { concurrency: 2 })
      assert.strictEqual(known, "known")
      assert.lengthOf(
        answers.filter((answer) => answer === "UnknownKey"),
        32,
      )
      assert.lengthOf(
        answers.filter((answer) => answer === "ControlPlaneUnavailable"),
        68,
      )
      assert.strictEqual(yield* asked, 1 + 32 + 1, "the known key is asked about again in the midst of them")
      assert.strictEqual(yield* resolve(flood[99] ?? ""), "UnknownKey")
    }),
  )

  it("never remember more than they should", () => {
    const map = new BoundedMap<number>(100)
    for (let index = 0; index < 1000; index++) map.set(`${index}`, index)
    assert.strictEqual(map.size, 100)
    assert.strictEqual(map.get("999"), 999)
    assert.isUndefined(map.get("0"))
  })
})
