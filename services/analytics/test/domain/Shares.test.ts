import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { makeShares } from "../../src/domain/Shares.ts"

/** Reads that begin when it is their turn and end when the test says so. */
const world = Effect.sync(() => {
  const inShare = makeShares({ running: { all: 4, project: 3, asker: 2 }, waiting: { project: 4, asker: 3 }, patienceMs: 1_000 })
  const begun: Array<string> = []
  const come = (name: string, project: string, asker: string) =>
    Effect.gen(function* () {
      const done = yield* Deferred.make<void>()
      const read = Effect.andThen(
        Effect.sync(() => begun.push(name)),
        Deferred.await(done),
      )
      const fiber = yield* Effect.forkChild(inShare({ project, asker }, read), { startImmediately: true })
      const outcome = Effect.map(Effect.result(Fiber.join(fiber)), (result) => (result._tag === "Failure" ? result.failure._tag : "done"))
      return { fiber, outcome, finish: Effect.andThen(Deferred.succeed(done, undefined), Fiber.await(fiber)) }
    })
  const crowd = (project: string, asker: string, count: number) =>
    Effect.forEach(
      Array.from({ length: count }, (_, index) => index),
      (index) => come(`${project}${asker}${index}`, project, asker),
    )
  return { begun, come, crowd }
})

describe("a share of the warehouse", () => {
  it.effect("leaves room: a key fills its own, two keys fill their project's, and the others are answered at once", () =>
    Effect.gen(function* () {
      const { begun, come, crowd } = yield* world
      yield* crowd("a", "k", 3)
      assert.deepStrictEqual(begun, ["ak0", "ak1"])
      yield* crowd("a", "l", 2)
      assert.deepStrictEqual(begun, ["ak0", "ak1", "al0"])
      const other = yield* come("b", "b", "k")
      assert.deepStrictEqual(begun, ["ak0", "ak1", "al0", "b"])
      yield* other.finish
      assert.strictEqual(yield* other.outcome, "done")
    }),
  )

  it.effect("that is used up lets so many wait; the next one is told at once, and may come again when one has left", () =>
    Effect.gen(function* () {
      const { begun, come, crowd } = yield* world
      const [first, second] = yield* crowd("a", "k", 5)
      const tooMany = yield* come("x", "a", "k")
      assert.strictEqual(yield* tooMany.outcome, "TooManyQuestions")
      yield* crowd("a", "l", 2)
      const full = yield* come("y", "a", "m")
      assert.strictEqual(yield* full.outcome, "TooManyQuestions")
      yield* first?.finish ?? Effect.void
      yield* second?.finish ?? Effect.void
      assert.deepStrictEqual(begun, ["ak0", "ak1", "al0", "ak2", "al1"])
      const again = yield* come("ak5", "a", "k")
      yield* again.finish.pipe(Effect.forkChild({ startImmediately: true }))
      assert.notInclude(begun, "x")
    }),
  )

  it.effect("is given in turns, to projects and within them to askers, in the order of coming", () =>
    Effect.gen(function* () {
      const { begun, come, crowd } = yield* world
      const a = yield* crowd("a", "k", 5)
      const l = yield* crowd("a", "l", 2)
      const b = yield* crowd("b", "k", 2)
      const c = yield* come("c", "c", "k")
      assert.deepStrictEqual(begun.splice(0), ["ak0", "ak1", "al0", "bk0"])
      for (const one of [a[0], a[1], l[0], b[0]]) yield* one?.finish ?? Effect.void
      assert.deepStrictEqual(begun, ["ak2", "bk1", "c", "al1"])
      for (const one of [...b.slice(1), c, ...a.slice(2), ...l.slice(1)]) {
        yield* one.finish
        assert.strictEqual(yield* one.outcome, "done")
      }
    }),
  )

  it.effect("is free again when who has it, or waits for it, goes away or fails", () =>
    Effect.gen(function* () {
      const { begun, come, crowd } = yield* world
      const [first, second, third] = yield* crowd("a", "k", 5)
      yield* Fiber.interrupt((third ?? first)!.fiber)
      const late = yield* come("late", "a", "k")
      yield* Fiber.interrupt(first!.fiber)
      yield* Fiber.interrupt(second!.fiber)
      assert.deepStrictEqual(begun, ["ak0", "ak1", "ak3", "ak4"])
      assert.isUndefined(late.fiber.pollUnsafe())
    }),
  )

  it.effect("is not waited for without end: who waits behind their own is told so, who waits behind others is told of the warehouse", () =>
    Effect.gen(function* () {
      const { come, crowd } = yield* world
      const own = yield* crowd("a", "k", 3)
      yield* crowd("b", "k", 2)
      const other = yield* come("c", "c", "k")
      yield* TestClock.adjust("999 millis")
      assert.isUndefined(own[2]!.fiber.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(yield* own[2]!.outcome, "TooManyQuestions")
      assert.strictEqual(yield* other.outcome, "WarehouseUnavailable")
      const next = yield* come("next", "c", "k")
      yield* own[0]!.finish
      yield* next.finish
      assert.strictEqual(yield* next.outcome, "done")
    }),
  )
})
