import { assert, describe, it } from "vitest"
import { TokenBuckets } from "../../src/domain/RateLimit.ts"

describe("the rate limit", () => {
  it("lets ten seconds' worth in at once and not one event more, until time has passed", () => {
    const buckets = new TokenBuckets(100)
    assert.strictEqual(buckets.take("a", 1000, 0), 0)
    assert.strictEqual(buckets.take("a", 1, 0), 10)
    assert.strictEqual(buckets.take("a", 1, 9), 1)
    assert.strictEqual(buckets.take("a", 1, 10), 0)
    assert.strictEqual(buckets.take("a", 50, 10), 500)
    assert.strictEqual(buckets.take("a", 50, 510), 0)
  })

  it("counts each sender for himself", () => {
    const buckets = new TokenBuckets(1)
    assert.strictEqual(buckets.take("a", 10, 0), 0)
    assert.isAbove(buckets.take("a", 1, 0), 0)
    assert.strictEqual(buckets.take("b", 10, 0), 0)
  })

  it("saves up no more than ten seconds' worth, and a batch larger than that passes when all of it is there", () => {
    const buckets = new TokenBuckets(10)
    assert.strictEqual(buckets.take("a", 500, 0), 0)
    assert.strictEqual(buckets.take("a", 500, 1_000), 9_000)
    assert.strictEqual(buckets.take("a", 500, 1_000_000), 0)
    assert.isAbove(buckets.take("a", 1, 1_000_000), 0)
  })

  it("does not mind a clock that goes back", () => {
    const buckets = new TokenBuckets(1)
    buckets.take("a", 10, 10_000)
    assert.strictEqual(buckets.take("a", 1, 0), 1_000)
  })

  it("remembers only so many senders, and forgets the one that was quiet for longest", () => {
    const buckets = new TokenBuckets(1, 2)
    for (const sender of ["a", "b"]) buckets.take(sender, 10, 0)
    buckets.take("a", 1, 0)
    buckets.take("c", 10, 0)
    assert.isAbove(buckets.take("a", 1, 0), 0)
    assert.strictEqual(buckets.take("b", 1, 0), 0)
  })
})
