import { assert, describe, it } from "@effect/vitest"
import { networksOf } from "@footfall/platform/ClientAddress"
import { Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { HoldMs, Strangers } from "../../src/domain/Strangers.ts"

const MIB = 1024 * 1024
const at = (address: string) => networksOf(address)
const HERE = at("203.0.113.7")

const withStrangers = <A>(body: (strangers: Strangers["Service"]) => Effect.Effect<A>, holdMs = 0) =>
  Effect.flatMap(Strangers, body).pipe(Effect.provide(Strangers.layer.pipe(Layer.provide(Layer.succeed(HoldMs, holdMs)))))

/** How many refusals a network is told before it has to wait. */
const told = (strangers: Strangers["Service"], networks: (index: number) => ReadonlyArray<string>) =>
  Effect.gen(function* () {
    for (let count = 0; ; count++) if ((yield* strangers.refuse(networks(count))) > 0) return count
  })

describe("strangers", () => {
  it.effect("of a network are told why they are refused until its budget is used up, and again when time has passed", () =>
    withStrangers((strangers) =>
      Effect.gen(function* () {
        const first = yield* told(strangers, () => HERE)
        assert.isAbove(first, 20)
        assert.isAbove(yield* strangers.refuse(HERE), 0)
        assert.strictEqual(yield* strangers.refuse(at("203.0.113.8")), 0)
        yield* TestClock.adjust("1 minute")
        assert.strictEqual(yield* told(strangers, () => HERE), first)
      }),
    ),
  )

  it.effect("share the budget of their /64, and less generously that of their /56 and /48", () =>
    withStrangers((strangers) =>
      Effect.gen(function* () {
        const hex = (number: number) => number.toString(16)
        const in64 = yield* told(strangers, (index) => at(`2001:db8:1:1::${hex(index)}`))
        yield* TestClock.adjust("1 minute")
        const in56 = yield* told(strangers, (index) => at(`2001:db8:2:${hex(0x100 + (index % 256))}::1`))
        yield* TestClock.adjust("1 minute")
        const in48 = yield* told(strangers, (index) => at(`2001:db8:3:${hex(index)}::1`))
        assert.deepStrictEqual([in56, in48], [in64 * 4, in64 * 16])
      }),
    ),
  )

  it.effect("may have only so much of bodies looked through for a key, each network and all together, and get back what led to one", () =>
    withStrangers((strangers) =>
      Effect.sync(() => {
        assert.strictEqual(strangers.look(HERE, 2 * MIB, 0), 0)
        assert.isAbove(strangers.look(HERE, MIB, 1_000), 0)
        strangers.found(HERE, 2 * MIB, 1_000)
        assert.strictEqual(strangers.look(HERE, MIB, 1_000), 0)
        const other = (index: number) => at(`203.0.113.${index}`)
        assert.strictEqual(strangers.look(other(8), MIB, 1_000), 0)
        for (let index = 9; index < 20; index++) assert.isAbove(strangers.look(other(index), MIB, 1_000), 0)
        // Turned away because of the others, a network keeps what is its own.
        assert.strictEqual(strangers.look(other(9), 2 * MIB, 2_000), 0)
      }),
    ),
  )

  it.effect("are answered late when they are over the budget, so many of them at once", () =>
    withStrangers(
      (strangers) =>
        Effect.gen(function* () {
          const in48 = (index: number) => at(`198.51.${index >> 8}.${index & 255}`)
          // Enough of the others' to use up what is for all.
          for (let index = 0; index < 64; index++) assert.strictEqual(yield* strangers.refuse(in48(index)), 0)
          const late = yield* Effect.forkChild(strangers.refuse(HERE))
          yield* TestClock.adjust("59 seconds")
          assert.isUndefined(late.pollUnsafe())
          yield* TestClock.adjust("1 second")
          assert.strictEqual(yield* Fiber.join(late), 0)
        }),
      60_000,
    ),
  )
})
