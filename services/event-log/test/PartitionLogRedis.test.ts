import { assert, describe, it } from "@effect/vitest"
import * as RedisDriver from "@footfall/platform/Redis"
import { ConfigProvider, Context, Effect, Fiber, Layer, Option } from "effect"
import { randomBytes } from "node:crypto"
import { LogUnavailable } from "../src/EventLog.ts"
import { logKeys } from "../src/keys.ts"
import { PartitionLog, type Commit, type LogEntry } from "../src/PartitionLog.ts"
import * as PartitionLogRedis from "../src/PartitionLogRedis.ts"

const ALL = { entries: 1_000, bytes: 1_000_000 }

/** A worker's view of the log, with connections of its own that live as long as the test. */
const workerWith = (config: Layer.Layer<never>) => {
  const own = PartitionLogRedis.layer.pipe(Layer.provide(Layer.fresh(RedisDriver.layer)), Layer.provide(config), Layer.fresh)
  return Effect.map(Layer.build(own), (context) => Context.get(context, PartitionLog))
}

/** Some workers on one corner of a real Redis, and the bare connection to look and to tamper with. */
const withWorkers = <A, E>(
  leaseMs: number,
  use: (place: {
    readonly first: PartitionLog["Service"]
    readonly second: PartitionLog["Service"]
    readonly client: RedisDriver.Redis["Service"]["client"]
    readonly keys: ReturnType<typeof logKeys>
    readonly append: (...texts: ReadonlyArray<string>) => Effect.Effect<void>
  }) => Effect.Effect<A, E>,
) =>
  Effect.gen(function* () {
    const prefix = `test-${randomBytes(5).toString("hex")}:`
    const env = { REDIS_URL: process.env["REDIS_URL"] ?? "", REDIS_PREFIX: prefix, PARTITIONS: "4", LEASE_MS: String(leaseMs) }
    const config = ConfigProvider.layer(ConfigProvider.fromUnknown(env))
    const { client } = Context.get(yield* Layer.build(RedisDriver.layer.pipe(Layer.provide(config))), RedisDriver.Redis)
    const worker = workerWith(config)
    const keys = logKeys(prefix)
    const append = (...texts: ReadonlyArray<string>) =>
      Effect.promise(async () => {
        for (const text of texts) await client.xadd(keys.events(0), "*", "b", text)
      })
    const clean = Effect.promise(async () => {
      const all = await client.keys(`${prefix}*`)
      if (all.length > 0) await client.del(...all)
    })
    return yield* Effect.ensuring(use({ first: yield* worker, second: yield* worker, client, keys, append }), clean)
  }).pipe(Effect.scoped)

const texts = (entries: ReadonlyArray<LogEntry>) => entries.map(({ bytes }) => Buffer.from(bytes).toString())
const take = (log: PartitionLog["Service"]) => Effect.map(log.acquire(0), (lease) => Option.getOrThrow(lease))
const done = (entries: ReadonlyArray<LogEntry>, rest: Partial<Commit> = {}): Commit => ({
  ids: entries.map(({ id }) => id),
  sessions: new Map(),
  seen: undefined,
  forgetSeenBefore: 0,
  ...rest,
})

const chunk = (ms: number) => {
  const bytes = Buffer.alloc(20)
  bytes.writeDoubleBE(ms)
  return bytes
}

describe("partitions on Redis", () => {
  it.live("a partition has one owner; it is free again when it is released", () =>
    withWorkers(5_000, ({ first, second }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        assert.isTrue(Option.isNone(yield* second.acquire(0)))
        yield* first.release(lease)
        assert.isTrue(Option.isSome(yield* second.acquire(0)))
      }),
    ),
  )

  it.live("a released lease does not come back by a renewal that was under way", () =>
    withWorkers(5_000, ({ first, client, keys }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        yield* first.release(lease)
        assert.strictEqual((yield* Effect.flip(first.renew(lease)))._tag, "LeaseLost")
        assert.isNull(yield* Effect.promise(() => client.get(keys.lease(0))))
      }),
    ),
  )

  it.live("a new owner gets exactly the batch that the old one read and did not commit", () =>
    withWorkers(60, ({ first, second, append }) =>
      Effect.gen(function* () {
        yield* append("a", "b")
        const before = yield* first.read(yield* take(first), ALL)
        yield* append("c")
        yield* Effect.sleep(100)
        const lease = yield* take(second)
        const after = yield* second.read(lease, ALL)
        assert.deepStrictEqual(after, before)
        yield* second.commit(lease, done(after))
        assert.deepStrictEqual(texts(yield* second.read(lease, ALL)), ["c"])
      }),
    ),
  )

  it.live("an owner that was replaced can neither read, renew nor commit", () =>
    withWorkers(60, ({ first, second, append, client, keys }) =>
      Effect.gen(function* () {
        yield* append("a")
        const stale = yield* take(first)
        const entries = yield* first.read(stale, ALL)
        yield* Effect.sleep(100)
        const lease = yield* take(second)
        assert.strictEqual((yield* Effect.flip(first.read(stale, ALL)))._tag, "LeaseLost")
        assert.strictEqual((yield* Effect.flip(first.renew(stale)))._tag, "LeaseLost")
        const late = first.commit(stale, done(entries, { sessions: new Map([["7", "stale"]]) }))
        assert.strictEqual((yield* Effect.flip(late))._tag, "LeaseLost")
        yield* first.release(stale)
        assert.strictEqual(yield* Effect.promise(() => client.get(keys.lease(0))), lease.holder)
        assert.isNull(yield* Effect.promise(() => client.get(keys.session(0, "7"))))
        assert.deepStrictEqual(texts(yield* second.read(lease, ALL)), ["a"])
      }),
    ),
  )

  it.live("an owner that slept past its lease goes on when nobody came", () =>
    withWorkers(60, ({ first, append, second }) =>
      Effect.gen(function* () {
        yield* append("a")
        const lease = yield* take(first)
        yield* Effect.sleep(100)
        yield* first.commit(lease, done(yield* first.read(lease, ALL)))
        yield* first.renew(lease)
        assert.isTrue(Option.isNone(yield* second.acquire(0)))
      }),
    ),
  )

  it.live("a commit writes states and seen ids, acknowledges, and trims what it acknowledged and nothing else", () =>
    withWorkers(5_000, ({ first, append, client, keys }) =>
      Effect.gen(function* () {
        yield* append("a", "b", "c")
        const lease = yield* take(first)
        const entries = yield* first.read(lease, { entries: 8, bytes: 1 })
        yield* first.commit(lease, done(entries.slice(0, 2), { sessions: new Map([["7", "state"]]), seen: chunk(1_000) }))
        assert.deepStrictEqual(yield* first.sessions(lease, ["7", "8"]), ["state", undefined])
        const lives = yield* Effect.promise(() => client.pttl(keys.session(0, "7")))
        assert.isTrue(lives > 72 * 3_600_000)
        assert.strictEqual(yield* Effect.promise(() => client.xlen(keys.events(0))), 1)
        assert.deepStrictEqual(texts(yield* first.read(lease, ALL)), ["c"])
      }),
    ),
  )

  it.live("chunks of seen ids come back oldest first and are forgotten by their time", () =>
    withWorkers(5_000, ({ first, append }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        for (const ms of [1_000, 2_000, 3_000]) {
          yield* append("x")
          yield* first.commit(lease, done(yield* first.read(lease, ALL), { seen: chunk(ms), forgetSeenBefore: ms - 1_000 }))
        }
        const times: Array<number> = []
        yield* first.seen(lease, (bytes) => void times.push(bytes.readDoubleBE()))
        assert.deepStrictEqual(times, [2_000, 3_000])
      }),
    ),
  )

  it.live("a read keeps to its limits, and what is pending comes before what is new", () =>
    withWorkers(5_000, ({ first, append }) =>
      Effect.gen(function* () {
        yield* append(...Array.from({ length: 40 }, (_, n) => String(n)))
        const lease = yield* take(first)
        const batch = yield* first.read(lease, { entries: 16, bytes: 1_000_000 })
        assert.strictEqual(batch.length, 16)
        assert.deepStrictEqual(yield* first.read(lease, ALL), batch)
        yield* first.commit(lease, done(batch))
        assert.strictEqual((yield* first.read(lease, { entries: 1_000, bytes: 10 })).length, 8)
      }),
    ),
  )

  it.live("waiting for entries ends as soon as one is appended", () =>
    withWorkers(5_000, ({ first, append }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        const waiting = yield* Effect.forkChild(first.arrival(lease))
        yield* Effect.sleep(150)
        assert.isUndefined(waiting.pollUnsafe())
        const appended = performance.now()
        yield* append("a")
        yield* Fiber.join(waiting)
        assert.isBelow(performance.now() - appended, 1_000)
        assert.deepStrictEqual(texts(yield* first.read(lease, ALL)), ["a"])
      }),
    ),
  )

  it.live("live workers share the partitions; one that leaves or falls silent gives its share to the others", () =>
    withWorkers(200, ({ first, second }) =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* first.heartbeat, [0, 1, 2, 3])
        assert.strictEqual((yield* second.heartbeat).length, 2)
        assert.deepStrictEqual([...(yield* first.heartbeat), ...(yield* second.heartbeat)].sort(), [0, 1, 2, 3])
        yield* second.leave
        assert.strictEqual((yield* first.heartbeat).length, 4)
        yield* second.heartbeat
        yield* Effect.sleep(250)
        assert.strictEqual((yield* first.heartbeat).length, 4)
      }),
    ),
  )

  it.live("when Redis lost its data the owner is told to take the partition again, and can", () =>
    withWorkers(5_000, ({ first, append, client, keys }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        yield* Effect.promise(() => client.del(keys.events(0)))
        assert.strictEqual((yield* Effect.flip(first.read(lease, ALL)))._tag, "LeaseLost")
        const again = yield* take(first)
        yield* append("a")
        assert.deepStrictEqual(texts(yield* first.read(again, ALL)), ["a"])
      }),
    ),
  )

  it.live("lag is the age of the oldest entry that is not committed", () =>
    withWorkers(5_000, ({ first, append }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        assert.deepStrictEqual(yield* first.lag(0), { ms: 0, entries: 0, bytes: 0 })
        yield* append("a", "b")
        yield* Effect.sleep(150)
        const behind = yield* first.lag(0)
        assert.strictEqual(behind.entries, 2)
        assert.isTrue(behind.ms >= 100 && behind.bytes > 0)
        yield* first.commit(lease, done(yield* first.read(lease, ALL)))
        assert.strictEqual((yield* first.lag(0)).entries, 0)
      }),
    ),
  )

  it.live("a dead letter carries where it came from and why", () =>
    withWorkers(5_000, ({ first, client, keys }) =>
      Effect.gen(function* () {
        yield* first.bury([{ partition: 0, id: "1-1", reason: "unknown version 9", content: "{}" }])
        const [[, fields] = ["", []]] = yield* Effect.promise(() => client.xrange(keys.dead, "-", "+"))
        assert.deepStrictEqual(fields, ["partition", "0", "entry", "1-1", "reason", "unknown version 9", "content", "{}"])
      }),
    ),
  )

  it.live("a Redis that is not there is a failure that says so", () =>
    Effect.gen(function* () {
      const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: "redis://127.0.0.1:1" }))
      const log = yield* workerWith(config)
      assert.instanceOf(yield* Effect.flip(log.heartbeat), LogUnavailable)
    }).pipe(Effect.scoped),
  )
})
