import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Layer } from "effect"
import { RateLimit } from "../../src/domain/RateLimit.ts"
import { TokenBuckets } from "../../src/domain/TokenBuckets.ts"

const bucketsOf = (perSecond: number, remembered = 50_000) => new TokenBuckets({ perSecond, burstSeconds: 10, remembered })

describe("the rate limit", () => {
  it("lets ten seconds' worth in at once and not one event more, until time has passed", () => {
    const buckets = bucketsOf(100)
    assert.strictEqual(buckets.take("a", 1000, 0), 0)
    assert.strictEqual(buckets.take("a", 1, 0), 10)
    assert.strictEqual(buckets.take("a", 1, 9), 1)
    assert.strictEqual(buckets.take("a", 1, 10), 0)
    assert.strictEqual(buckets.take("a", 50, 10), 500)
    assert.strictEqual(buckets.take("a", 50, 510), 0)
  })

  it("counts each sender separately", () => {
    const buckets = bucketsOf(1)
    assert.strictEqual(buckets.take("a", 10, 0), 0)
    assert.isAbove(buckets.take("a", 1, 0), 0)
    assert.strictEqual(buckets.take("b", 10, 0), 0)
  })

  it("saves up no more than ten seconds' worth, and a batch larger than that passes when all of it is there", () => {
    const buckets = bucketsOf(10)
    assert.strictEqual(buckets.take("a", 500, 0), 0)
    assert.strictEqual(buckets.take("a", 500, 1_000), 9_000)
    assert.strictEqual(buckets.take("a", 500, 1_000_000), 0)
    assert.isAbove(buckets.take("a", 1, 1_000_000), 0)
  })

  it("does not mind a clock that goes back", () => {
    const buckets = bucketsOf(1)
    buckets.take("a", 10, 10_000)
    assert.strictEqual(buckets.take("a", 1, 0), 1_000)
  })

  it("remembers only so many senders, and forgets the one that was quiet for longest", () => {
    const buckets = bucketsOf(1, 2)
    for (const sender of ["a", "b"]) buckets.take(sender, 10, 0)
    buckets.take("a", 1, 0)
    buckets.take("c", 10, 0)
    assert.isAbove(buckets.take("a", 1, 0), 0)
    assert.strictEqual(buckets.take("b", 1, 0), 0)
  })
})

describe("a token bucket", () => {
  it("may be charged into a debt of a whole burst, in which not even nothing may be taken, and takes back what was not used", () => {
    const buckets = bucketsOf(10)
    buckets.charge("a", 1_000, 0)
    assert.strictEqual(buckets.take("a", 0, 0), 10_000)
    assert.strictEqual(buckets.take("a", 0, 10_000), 0)
    buckets.giveBack("a", 1_000, 10_000)
    assert.strictEqual(buckets.take("a", 100, 10_000), 0)
    assert.isAbove(buckets.take("a", 1, 10_000), 0)
  })
})

describe("RATE_LIMIT", () => {
  it.effect("is a number of events a second from 0 on; anything else keeps ingest from starting", () =>
    Effect.gen(function* () {
      const started = (value: string) =>
        Effect.scoped(
          Effect.exit(
            Layer.build(RateLimit.layer).pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ RATE_LIMIT: value })))),
          ),
        )
      for (const value of ["0", "0.5", "100"]) assert.isTrue(Exit.isSuccess(yield* started(value)), value)
      for (const value of ["-1", "-0.1", "many", "NaN", "Infinity"]) assert.isTrue(Exit.isFailure(yield* started(value)), value)
    }),
  )
})
