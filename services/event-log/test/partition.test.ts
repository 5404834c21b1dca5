import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit } from "effect"
import { logKeys } from "../src/keys.ts"
import { configuredPartitions, partitionOf } from "../src/partition.ts"

describe("partition", () => {
  it("a sender is always in the same partition, which releases must not change", () => {
    assert.deepStrictEqual(
      ["203.0.113.7|Mozilla/5.0", "2001:db8::1|curl/8", "", "ü🦊"].map((sender) => partitionOf("728291047", sender, 256)),
      [34, 160, 33, 54],
    )
  })

  it("senders are spread evenly over any number of partitions", () => {
    for (const partitions of [2, 3, 4, 7, 64, 256]) {
      const counts = new Array<number>(partitions).fill(0)
      const senders = partitions * 400
      for (let i = 0; i < senders; i++) counts[partitionOf("728291047", `10.0.${i >> 8}.${i & 255}|Mozilla/5.0`, partitions)]! += 1
      assert.isAbove(Math.min(...counts), 400 * 0.75)
      assert.isBelow(Math.max(...counts), 400 * 1.25)
    }
  })

  it("project and sender do not run into one another", () => {
    let same = 0
    for (let i = 0; i < 1000; i++) if (partitionOf(`1${i}`, "2", 256) === partitionOf("1", `${i}2`, 256)) same++
    assert.isBelow(same, 20)
  })

  it.effect("there are 4 partitions unless PARTITIONS says otherwise, at most 256", () =>
    Effect.gen(function* () {
      const given = (environment: Record<string, string>) =>
        Effect.exit(configuredPartitions.pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment)))))
      assert.deepStrictEqual(yield* given({}), Exit.succeed(4))
      assert.deepStrictEqual(yield* given({ PARTITIONS: "256" }), Exit.succeed(256))
      for (const wrong of ["0", "257", "1.5", "many"]) assert.isTrue(Exit.isFailure(yield* given({ PARTITIONS: wrong })))
    }),
  )
})

describe("keys", () => {
  it("all keys of a partition share one hash tag, and the prefix stands before it", () => {
    const keys = logKeys("t:")
    for (const key of [keys.events(3), keys.lease(3), keys.epoch(3), keys.seen(3), keys.session(3, "42")]) {
      assert.match(key, /^t:[a-z]+:\{3\}/)
    }
  })
})
