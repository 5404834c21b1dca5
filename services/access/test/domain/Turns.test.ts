import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { makeTurns } from "../../src/domain/Turns.ts"

/** Work that begins when it is its turn and ends when the test says so. */
const world = Effect.sync(() => {
  const inTurn = makeTurns({ friend: 2, stranger: 2 })
  const begun: Array<string> = []
  const ended: Array<string> = []
  const come = (name: string, kind: "friend" | "stranger" = "friend") =>
    Effect.gen(function* () {
      const done = yield* Deferred.make<void>()
      const work = Effect.sync(() => begun.push(name)).pipe(
        Effect.andThen(Deferred.await(done)),
        Effect.andThen(Effect.sync(() => ended.push(name))),
      )
      const fiber = yield* Effect.forkChild(inTurn(kind, work), { startImmediately: true })
      return { fiber, finish: Effect.andThen(Deferred.succeed(done, undefined), Effect.yieldNow) }
    })
  return { begun, ended, come }
})

const outcome = (fiber: Fiber.Fiber<unknown, { readonly _tag: string }>) =>
  Effect.map(Effect.result(Fiber.join(fiber)), (result) => (result._tag === "Failure" ? result.failure._tag : "done"))

describe("turns", () => {
  it.effect("are one at a time in the order of coming; who finds the line full is told at once", () =>
    Effect.gen(function* () {
      const { begun, come } = yield* world
      const [a, b, c, d] = [yield* come("a"), yield* come("b"), yield* come("c"), yield* come("d")]
      assert.strictEqual(yield* outcome(d.fiber), "TooBusy")
      assert.deepStrictEqual(begun, ["a"])
      yield* a.finish
      assert.strictEqual(yield* outcome(a.fiber), "done")
      assert.deepStrictEqual(begun, ["a", "b"])
      const e = yield* come("e")
      for (const { fiber, finish } of [b, c, e]) {
        yield* finish
        assert.strictEqual(yield* outcome(fiber), "done")
      }
      assert.deepStrictEqual(begun, ["a", "b", "c", "e"])
    }),
  )

  it.effect("can be left while waiting, which makes room; what has begun keeps its turn to the end", () =>
    Effect.gen(function* () {
      const { begun, come, ended } = yield* world
      const [a, b, c] = [yield* come("a"), yield* come("b"), yield* come("c")]
      yield* Fiber.interrupt(c.fiber)
      const d = yield* come("d")
      const leaving = yield* Effect.forkChild(Fiber.interrupt(a.fiber), { startImmediately: true })
      assert.deepStrictEqual(begun, ["a"])
      yield* a.finish
      yield* Fiber.await(leaving)
      assert.deepStrictEqual([ended, begun], [["a"], ["a", "b"]])
      for (const { fiber, finish } of [b, d]) {
        yield* finish
        assert.strictEqual(yield* outcome(fiber), "done")
      }
      assert.deepStrictEqual(begun, ["a", "b", "d"])
    }),
  )

  it.effect("go round the lines: a crowd in one holds up the other by one piece of work, and takes none of its places", () =>
    Effect.gen(function* () {
      const { begun, come } = yield* world
      const crowd = [yield* come("s1", "stranger"), yield* come("s2", "stranger"), yield* come("s3", "stranger")]
      assert.strictEqual(yield* outcome((yield* come("s4", "stranger")).fiber), "TooBusy")
      const friend = yield* come("f")
      for (const { fiber, finish } of [crowd[0], friend, crowd[1], crowd[2]].filter((one) => one !== undefined)) {
        yield* finish
        assert.strictEqual(yield* outcome(fiber), "done")
      }
      assert.deepStrictEqual(begun, ["s1", "f", "s2", "s3"])
    }),
  )
})
