import { assert, describe, it } from "@effect/vitest"
import { Redis, layer as redisLayer } from "@footfall/platform/Redis"
import { ConfigProvider, Effect, Fiber, Layer, Schedule } from "effect"
import { decodeBatch } from "../src/codec.ts"
import { EventLog } from "../src/EventLog.ts"
import * as EventLogRedis from "../src/EventLogRedis.ts"
import { serialize } from "../src/serialize.ts"
import { RedisServer } from "./support/RedisServer.ts"

const groups = (id: string): ReadonlyArray<Uint8Array> => [
  serialize({
    sender: { projectId: "1", visitorId: "2", ip: "203.0.113.7", userAgent: "x", language: "" },
    receivedAt: 1,
    events: [{ id, kind: "pageview", name: "", at: 1, url: "https://a/", referrer: "", title: "" }],
  }),
]

const on = (server: RedisServer) =>
  EventLogRedis.layer.pipe(
    Layer.provideMerge(redisLayer),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: server.url, REDIS_PREFIX: "t:" }))),
  )

const idsOn = (partition: number) =>
  Effect.gen(function* () {
    const { client } = yield* Redis
    const entries = yield* Effect.promise(() => client.xrangeBuffer(`t:events:{${partition}}`, "-", "+"))
    const batches = yield* Effect.forEach(entries, ([, fields]) => decodeBatch(fields[1] ?? Buffer.alloc(0)))
    return batches.flatMap(({ groups }) => groups.flatMap(({ events }) => events.map(({ id }) => id)))
  })

/** Tries until the log takes the entry; how a sender that repeats after 503 sees it. */
const eventually = (id: string) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    yield* log.append([{ partition: 0, groups: groups(id) }])
  }).pipe(Effect.retry({ schedule: Schedule.spaced("50 millis"), times: 200 }))

describe("EventLogRedis", () => {
  it.live("an acknowledged entry is in the stream of its partition, one entry a batch, in order", () =>
    Effect.gen(function* () {
      const server = yield* RedisServer.scoped
      yield* Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.ready
        yield* log.append([
          { partition: 0, groups: groups("a") },
          { partition: 3, groups: groups("b") },
        ])
        yield* log.append([{ partition: 0, groups: groups("c") }])
        assert.deepStrictEqual(yield* idsOn(0), ["a", "c"])
        assert.deepStrictEqual(yield* idsOn(3), ["b"])
      }).pipe(Effect.provide(on(server)))
    }),
  )

  it.live("when Redis dies appends fail, and when it is back they succeed on the same log and nothing acknowledged is gone", () =>
    Effect.gen(function* () {
      const server = yield* RedisServer.scoped
      yield* Effect.gen(function* () {
        const log = yield* EventLog
        yield* log.append([{ partition: 0, groups: groups("before") }])
        yield* Effect.promise(() => server.kill())
        assert.strictEqual((yield* Effect.flip(log.append([{ partition: 0, groups: groups("lost") }])))._tag, "LogUnavailable")
        assert.strictEqual((yield* Effect.flip(log.ready))._tag, "LogUnavailable")
        yield* Effect.promise(() => server.start())
        yield* eventually("after")
        assert.deepStrictEqual(yield* idsOn(0), ["before", "after"])
      }).pipe(Effect.provide(on(server)))
    }),
  )

  it.live("a Redis that keeps silent is given up within two seconds, then fails at once, and is used again when it wakes up", () =>
    Effect.gen(function* () {
      const server = yield* RedisServer.scoped
      yield* Effect.gen(function* () {
        const log = yield* EventLog
        server.signal("SIGSTOP")
        const first = yield* Effect.flip(log.append([{ partition: 0, groups: groups("unknown") }]))
        const [, ms] = /did not answer within (\d+) ms/.exec(String(first.cause)) ?? []
        assert.isBelow(Number(ms), 2_000)
        // Not sent at all, so there was nothing to wait for.
        const second = yield* Effect.flip(log.append([{ partition: 0, groups: groups("refused") }]))
        assert.include(String(second.cause), "isn't writeable")
        server.signal("SIGCONT")
        yield* eventually("after")
        assert.include(yield* idsOn(0), "after")
        assert.notInclude(yield* idsOn(0), "refused")
      }).pipe(Effect.ensuring(Effect.sync(() => server.signal("SIGCONT"))), Effect.provide(on(server)))
    }),
  )

  it.live("an answer that came while this process stood still counts, however long that was", () =>
    Effect.gen(function* () {
      const server = yield* RedisServer.scoped
      yield* Effect.gen(function* () {
        const log = yield* EventLog
        server.signal("SIGSTOP")
        const appending = yield* Effect.forkChild(log.append([{ partition: 0, groups: groups("a") }]))
        // By now it is sent.
        yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
        server.signal("SIGCONT")
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
        yield* Fiber.join(appending)
        assert.deepStrictEqual(yield* idsOn(0), ["a"])
      }).pipe(Effect.provide(on(server)))
    }),
  )

  it.live("a Redis that is full refuses, and nothing is lost silently", () =>
    Effect.gen(function* () {
      const server = yield* RedisServer.scoped
      yield* Effect.gen(function* () {
        const log = yield* EventLog
        const { client } = yield* Redis
        yield* Effect.promise(() => client.config("SET", "maxmemory", "1"))
        assert.strictEqual((yield* Effect.flip(log.append([{ partition: 0, groups: groups("a") }])))._tag, "LogUnavailable")
        yield* Effect.promise(() => client.config("SET", "maxmemory", "0"))
        yield* log.append([{ partition: 0, groups: groups("b") }])
        assert.deepStrictEqual(yield* idsOn(0), ["b"])
      }).pipe(Effect.provide(on(server)))
    }),
  )
})
