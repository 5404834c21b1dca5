import { assert, describe, it } from "@effect/vitest"
import * as RedisDriver from "@footfall/platform/Redis"
import { ConfigProvider, Context, Effect, Fiber, Layer, Option } from "effect"
import { randomBytes } from "node:crypto"
import { LogUnavailable } from "../src/EventLog.ts"
import { logKeys } from "../src/keys.ts"
import { PartitionLog, type Commit, type LogEntry } from "../src/PartitionLog.ts"
import * as PartitionLogRedis from "../src/PartitionLogRedis.ts"
import { RedisServer } from "./support/RedisServer.ts"

const ALL = { entries: 1_000, bytes: 1_000_000 }

/** A worker's view of the log, with connections of its own that live as long as the test. */
const workerWith = (config: Layer.Layer<never>) => {
  const own = PartitionLogRedis.layer.pipe(Layer.provide(Layer.fresh(RedisDriver.layer)), Layer.provide(config), Layer.fresh)
  return Effect.map(Layer.build(own), (context) => Context.get(context, PartitionLog))
}

/** Longer than any test: a lease ends when the test ends it. */
const LEASE_MS = 600_000

/** Some workers on one corner of a real Redis, that of the run unless given, and the bare connection to look and to tamper with. */
const withWorkers = <A, E>(
  use: (place: {
    readonly first: PartitionLog["Service"]
    readonly second: PartitionLog["Service"]
    readonly client: RedisDriver.Redis["Service"]["client"]
    readonly keys: ReturnType<typeof logKeys>
    readonly append: (...texts: ReadonlyArray<string>) => Effect.Effect<void>
    /** Lets the lease of partition 0 run out. */
    readonly lapse: Effect.Effect<void>
  }) => Effect.Effect<A, E>,
  url = process.env["REDIS_URL"] ?? "",
) =>
  Effect.gen(function* () {
    const prefix = `test-${randomBytes(5).toString("hex")}:`
    const env = { REDIS_URL: url, REDIS_PREFIX: prefix, PARTITIONS: "4", LEASE_MS: String(LEASE_MS) }
    const config = ConfigProvider.layer(ConfigProvider.fromUnknown(env))
    const { client } = Context.get(yield* Layer.build(RedisDriver.layer.pipe(Layer.provide(config))), RedisDriver.Redis)
    const worker = workerWith(config)
    const keys = logKeys(prefix)
    const append = (...texts: ReadonlyArray<string>) =>
      Effect.promise(async () => {
        for (const text of texts) await client.xadd(keys.events(0), "*", "b", text)
      })
    const lapse = Effect.promise(async () => assert.strictEqual(await client.del(keys.lease(0)), 1))
    const clean = Effect.promise(async () => {
      const all = await client.keys(`${prefix}*`)
      if (all.length > 0) await client.del(...all)
    })
    return yield* Effect.ensuring(use({ first: yield* worker, second: yield* worker, client, keys, append, lapse }), clean)
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

/** KEYS events. Appends when somebody is in a blocking read, and tells whether somebody was. */
const APPEND_IF_AWAITED = `
if not string.find(redis.call('INFO', 'clients'), 'blocked_clients:1') then return 0 end
redis.call('XADD', KEYS[1], '*', 'b', 'a')
return 1`

const chunk = (ms: number) => {
  const bytes = Buffer.alloc(20)
  bytes.writeDoubleBE(ms)
  return bytes
}

describe("partitions on Redis", () => {
  it.live("a partition has one owner; it is free again when it is released", () =>
    withWorkers(({ first, second }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        assert.isTrue(Option.isNone(yield* second.acquire(0)))
        yield* first.release(lease)
        assert.isTrue(Option.isSome(yield* second.acquire(0)))
      }),
    ),
  )

  it.live("a released lease does not come back by a renewal that was under way", () =>
    withWorkers(({ first, client, keys }) =>
      Effect.gen(function* () {
        const lease = yield* take(first)
        yield* first.release(lease)
        assert.strictEqual((yield* Effect.flip(first.renew(lease)))._tag, "LeaseLost")
        assert.isNull(yield* Effect.promise(() => client.get(keys.lease(0))))
      }),
    ),
  )

  it.live("a new owner gets exactly the batch that the old one read and did not commit", () =>
    withWorkers(({ first, second, append, lapse }) =>
      Effect.gen(function* () {
        yield* append("a", "b")
        const before = yield* first.read(yield* take(first), ALL)
        yield* append("c")
        yield* lapse
        const lease = yield* take(second)
        const after = yield* second.read(lease, ALL)
        assert.deepStrictEqual(after, before)
        yield* second.commit(lease, done(after))
        assert.deepStrictEqual(texts(yield* second.read(lease, ALL)), ["c"])
      }),
    ),
  )

  it.live("an owner that was replaced can neither read, renew nor commit", () =>
    withWorkers(({ first, second, append, lapse, client, keys }) =>
      Effect.gen(function* () {
        yield* append("a")
        const stale = yield* take(first)
        const entries = yield* first.read(stale, ALL)
        yield* lapse
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
    withWorkers(({ first, append, lapse, second }) =>
      Effect.gen(function* () {
        yield* append("a")
        const lease = yield* take(first)
        yield* lapse
        yield* first.commit(lease, done(yield* first.read(lease, ALL)))
        yield* first.renew(lease)
        assert.isTrue(Option.isNone(yield* second.acquire(0)))
      }),
    ),
  )

  it.live("a commit writes states and seen ids, acknowledges, and trims what it acknowledged and nothing else", () =>
    withWorkers(({ first, append, client, keys }) =>
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
    withWorkers(({ first, append }) =>
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
    withWorkers(({ first, append }) =>
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

  it.live("waiting for entries ends with the append of one, not by its own time", () =>
    Effect.gen(function* () {
      const server = yield* RedisServer.scoped
      const test = withWorkers(
        ({ first, client, keys }) =>
          Effect.gen(function* () {
            const lease = yield* take(first)
            let appended = false
            const waiting = yield* Effect.forkChild(Effect.repeat(first.arrival(lease), { while: () => !appended }))
            while (!appended) {
              const [[, done] = [], [, clients] = []] = yield* Effect.promise(async () => {
                const answers = await client.pipeline().eval(APPEND_IF_AWAITED, 1, keys.events(0)).info("clients").exec()
                return answers ?? []
              })
              appended = done === 1
              // Nothing but the append came between the two commands, so nothing else ended the wait.
              if (appended) assert.include(String(clients), "blocked_clients:0")
            }
            yield* Fiber.join(waiting)
            assert.deepStrictEqual(texts(yield* first.read(lease, ALL)), ["a"])
          }),
        server.url,
      )
      yield* test
    }).pipe(Effect.scoped),
  )

  it.live("live workers share the partitions; one that leaves or falls silent gives its share to the others", () =>
    withWorkers(({ first, second, client, keys }) =>
      Effect.gen(function* () {
        const live = Effect.promise(() => client.zrange(keys.workers, 0, "-1"))
        assert.deepStrictEqual(yield* first.heartbeat, [0, 1, 2, 3])
        assert.strictEqual((yield* second.heartbeat).length, 2)
        assert.deepStrictEqual([...(yield* first.heartbeat), ...(yield* second.heartbeat)].sort(), [0, 1, 2, 3])
        yield* second.leave
        assert.strictEqual((yield* first.heartbeat).length, 4)
        const [own] = yield* live
        yield* second.heartbeat
        assert.strictEqual((yield* first.heartbeat).length, 2)
        const silent = (yield* live).find((worker) => worker !== own) ?? ""
        const now = yield* Effect.promise(() => client.zscore(keys.workers, silent))
        yield* Effect.promise(() => client.zadd(keys.workers, Number(now) - LEASE_MS, silent))
        assert.strictEqual((yield* first.heartbeat).length, 4)
      }),
    ),
  )

  it.live("when Redis lost its data the owner is told to take the partition again, and can", () =>
    withWorkers(({ first, append, client, keys }) =>
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
    withWorkers(({ first, append }) =>
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
    withWorkers(({ first, client, keys }) =>
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
