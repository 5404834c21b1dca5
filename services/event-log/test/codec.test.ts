import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { deflateRawSync, zstdCompressSync } from "node:zlib"
import { decodeBatch, encodeBatch, pack } from "../src/codec.ts"
import type { LoggedBatch } from "../src/LoggedBatch.ts"
import { serialize } from "../src/serialize.ts"

const batch = (events: number): LoggedBatch => ({
  groups: [
    {
      sender: {
        projectId: "281474976710655",
        visitorId: "18446744073709551615",
        previousVisitorId: "9007199254740993",
        ip: "2001:db8::1",
        userAgent: "Mozilla/5.0 🦊",
        language: "de-CH",
      },
      receivedAt: 1_795_000_000_123,
      events: Array.from({ length: events }, (_, i) => ({
        id: `0199a0a0-1111-7222-8333-${String(i).padStart(12, "0")}`,
        kind: "event" as const,
        name: `sign up ${i}`,
        at: 1_795_000_000_000 + i,
        url: "https://example.com/ä?q=1",
        referrer: "",
        title: "🦊",
        properties: JSON.parse(`{"plan":"pro","n":1.5,"ok":true,"nothing":null,"list":[1,{"a":"b"}],"__proto__":{"x":1}}`) as Record<
          string,
          unknown
        >,
      })),
    },
  ],
})

describe("codec", () => {
  it.effect("what was encoded decodes to the same, ids of 64 bits and the key __proto__ included", () =>
    Effect.gen(function* () {
      const decoded = yield* decodeBatch(encodeBatch(batch(3)))
      assert.strictEqual(JSON.stringify(decoded), JSON.stringify(batch(3)))
      assert.isTrue(Object.hasOwn(decoded.groups[0]?.events[0]?.properties ?? {}, "__proto__"))
    }),
  )

  it.effect("batches of any size are packed so that they can be read again, in either way", () =>
    Effect.gen(function* () {
      // The last one is left to another thread.
      for (const events of [0, 1, 2, 5, 20, 100, 500, 20_000]) {
        for (const entry of [encodeBatch(batch(events)), yield* Effect.promise(() => pack(batch(events).groups.map(serialize)))]) {
          assert.strictEqual(JSON.stringify(yield* decodeBatch(entry)), JSON.stringify(batch(events)))
        }
      }
    }),
  )

  it("starts with its version and packs many events into few bytes", () => {
    const entry = encodeBatch(batch(500))
    assert.strictEqual(entry[0], 2)
    assert.isBelow(entry.length / 500, 60)
  })

  it.effect("an entry with several groups, or with none, is read as such", () =>
    Effect.gen(function* () {
      for (const groups of [[], [...batch(1).groups, ...batch(2).groups, ...batch(0).groups]])
        assert.strictEqual(JSON.stringify(yield* decodeBatch(encodeBatch({ groups }))), JSON.stringify({ groups }))
    }),
  )

  it.effect("entries of the version before, deflated, can still be read", () =>
    Effect.gen(function* () {
      const entry = Buffer.concat([Buffer.of(1), deflateRawSync(JSON.stringify(batch(3)))])
      assert.strictEqual(JSON.stringify(yield* decodeBatch(entry)), JSON.stringify(batch(3)))
    }),
  )

  it.effect("an entry that is empty, of another version, damaged, or without groups is unreadable, not a defect", () =>
    Effect.gen(function* () {
      const whole = encodeBatch(batch(3))
      const bad = [
        Buffer.alloc(0),
        Buffer.concat([Buffer.of(3), whole.subarray(1)]),
        whole.subarray(0, whole.length - 5),
        Buffer.concat([Buffer.of(1), Buffer.from("not deflate")]),
        Buffer.concat([Buffer.of(2), Buffer.from("not zstandard")]),
        Buffer.concat([Buffer.of(2), zstdCompressSync("{not json")]),
        Buffer.concat([Buffer.of(2), zstdCompressSync(`{"groups":1}`)]),
        Buffer.concat([Buffer.of(2), zstdCompressSync("null")]),
      ]
      for (const entry of bad) assert.strictEqual((yield* Effect.flip(decodeBatch(entry)))._tag, "EntryUnreadable")
    }),
  )
})
