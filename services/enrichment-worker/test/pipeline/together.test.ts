import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber } from "effect"
import { together } from "../../src/pipeline/together.ts"

/** Runs that wait until they are let go, and what each was given. */
const runs = () => {
  const given: Array<ReadonlyArray<string>> = []
  const gates: Array<Deferred.Deferred<void, string>> = []
  const run = (items: ReadonlyArray<string>) =>
    Effect.suspend(() => {
      const gate = Deferred.makeUnsafe<void, string>()
      given.push(items)
      gates.push(gate)
      return Deferred.await(gate)
    })
  const settle = Effect.gen(function* () {
    for (let turn = 0; turn < 20; turn++) yield* Effect.yieldNow
  })
  const end = (place: number, exit: Exit.Exit<void, string>) =>
    Effect.andThen(
      Effect.sync(() => Deferred.doneUnsafe(gates[place]!, exit)),
      settle,
    )
  return { given, share: together(run), settle, end }
}

it.effect("one run goes at a time, and what comes meanwhile goes together in the next", () =>
  Effect.gen(function* () {
    const { given, share, settle, end } = runs()
    const first = yield* Effect.forkChild(share(["a"]))
    yield* settle
    const others = yield* Effect.forEach([["b", "c"], ["d"]], (items) => Effect.forkChild(share(items)))
    yield* settle
    assert.deepStrictEqual(given, [["a"]])
    yield* end(0, Exit.void)
    yield* Fiber.join(first)
    assert.deepStrictEqual(given, [["a"], ["b", "c", "d"]])
    yield* end(1, Exit.void)
    for (const other of others) yield* Fiber.join(other)
    assert.strictEqual(given.length, 2)
  }),
)

it.effect("a caller that runs alone hears why it failed; a shared run that fails is repeated for each caller alone", () =>
  Effect.gen(function* () {
    const { given, share, settle, end } = runs()
    const first = yield* Effect.forkChild(Effect.flip(share(["a"])))
    yield* settle
    const good = yield* Effect.forkChild(share(["b"]))
    const bad = yield* Effect.forkChild(Effect.flip(share(["c"])))
    yield* settle
    yield* end(0, Exit.fail("busy"))
    assert.strictEqual(yield* Fiber.join(first), "busy")
    yield* end(1, Exit.fail("of c"))
    yield* end(2, Exit.void)
    yield* end(3, Exit.fail("of c"))
    yield* Fiber.join(good)
    assert.strictEqual(yield* Fiber.join(bad), "of c")
    assert.deepStrictEqual(given, [["a"], ["b", "c"], ["b"], ["c"]])
  }),
)

it.effect("a caller that goes away while it waits takes its items along", () =>
  Effect.gen(function* () {
    const { given, share, settle, end } = runs()
    const first = yield* Effect.forkChild(share(["a"]))
    yield* settle
    const gone = yield* Effect.forkChild(share(["b"]))
    const stays = yield* Effect.forkChild(share(["c"]))
    yield* settle
    yield* Fiber.interrupt(gone)
    yield* end(0, Exit.void)
    yield* Fiber.join(first)
    yield* end(1, Exit.void)
    yield* Fiber.join(stays)
    assert.deepStrictEqual(given, [["a"], ["c"]])
  }),
)

it.effect("a caller that goes away while its shared run goes on does not take the others' along", () =>
  Effect.gen(function* () {
    const { given, share, settle, end } = runs()
    const first = yield* Effect.forkChild(share(["a"]))
    yield* settle
    const leader = yield* Effect.forkChild(share(["b"]))
    const other = yield* Effect.forkChild(share(["c"]))
    yield* settle
    yield* end(0, Exit.void)
    yield* Fiber.join(first)
    yield* Fiber.interrupt(leader)
    yield* settle
    yield* end(2, Exit.void)
    yield* Fiber.join(other)
    assert.deepStrictEqual(given, [["a"], ["b", "c"], ["c"]])
  }),
)

it.effect("a caller whose items another one runs is not cut off with that one", () =>
  Effect.gen(function* () {
    const { given, share, settle, end } = runs()
    const first = yield* Effect.forkChild(share(["a"]))
    yield* settle
    // The second takes the third's items along; then the third has the turn, and only the fourth's are left for it.
    const second = yield* Effect.forkChild(share(["b"]))
    const third = yield* Effect.forkChild(share(["c"]))
    yield* settle
    yield* end(0, Exit.void)
    yield* Fiber.join(first)
    const fourth = yield* Effect.forkChild(share(["d"]))
    yield* settle
    yield* end(1, Exit.void)
    yield* Fiber.join(second)
    assert.deepStrictEqual(given, [["a"], ["b", "c"], ["d"]])
    yield* Fiber.interrupt(third)
    yield* settle
    yield* end(3, Exit.void)
    yield* Fiber.join(fourth)
    assert.deepStrictEqual(given, [["a"], ["b", "c"], ["d"], ["d"]])
  }),
)
