import { assert, describe, it } from "@effect/vitest"
import * as RedisDriver from "@footfall/platform/Redis"
import { Clock, ConfigProvider, Context, Effect, Layer, Option } from "effect"
import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { encodeBatch } from "../src/codec.ts"
import { Erasure } from "../src/Erasure.ts"
import * as ErasureRedis from "../src/ErasureRedis.ts"
import { logKeys } from "../src/keys.ts"
import type { LoggedBatch } from "../src/LoggedBatch.ts"
import { PartitionLog } from "../src/PartitionLog.ts"
import * as PartitionLogRedis from "../src/PartitionLogRedis.ts"
import { RedisServer } from "./support/RedisServer.ts"

const keys = logKeys("")

const batchFrom = (ip: string): LoggedBatch => ({
  groups: [{ sender: { projectId: "1", visitorId: "2", ip, userAgent: "", language: "" }, receivedAt: 1, events: [] }],
})

/** Whether a file of the server holds the bytes of this entry. */
const onDisk = (folder: string, entry: Buffer) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (file) => file.isFile() && readFileSync(join(file.parentPath, file.name)).includes(entry),
  )

/** Redis unlinks replaced files a moment after it has told of the rewrite. */
const untilOffDisk = (folder: string, entry: Buffer) =>
  Effect.gen(function* () {
    while (onDisk(folder, entry)) yield* Effect.sleep(20)
  })

/** By our clock a day later; Redis has its own. */
const tomorrow = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const clock = yield* Clock.Clock
    const moved: Clock.Clock = Object.assign(Object.create(clock), { currentTimeMillis: Effect.sync(() => Date.now() + 86_400_000) })
    return yield* Effect.provideService(effect, Clock.Clock, moved)
  })

/** A Redis of the test's own with the log on it; compression off, so that an entry stands in the files as it is. */
const place = Effect.gen(function* () {
  const server = yield* RedisServer.scoped
  const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: server.url, PARTITIONS: "2" }))
  const context = yield* Layer.build(
    Layer.mergeAll(PartitionLogRedis.layer, ErasureRedis.layer).pipe(Layer.provideMerge(RedisDriver.layer), Layer.provide(config)),
  )
  const { client } = Context.get(context, RedisDriver.Redis)
  yield* Effect.promise(() => client.config("SET", "rdbcompression", "no"))
  const log = Context.get(context, PartitionLog)
  const lease = Option.getOrThrow(yield* log.acquire(1))
  return {
    server,
    client,
    log,
    lease,
    erase: Context.get(context, Erasure).erase,
    append: (entry: Buffer) => Effect.promise(() => client.xadd(keys.events(1), "*", "b", entry)),
    commitOne: Effect.gen(function* () {
      const [first] = yield* log.read(lease, { entries: 1, bytes: 1 })
      yield* log.commit(lease, { ids: [first?.id ?? ""], sessions: new Map(), seen: undefined, forgetSeenBefore: 0 })
    }),
    anHourLater: Effect.promise(() => client.del(keys.erasing)),
  }
})

describe("erasing", () => {
  it.live("takes committed entries, and with them the addresses, out of Redis' files; what waits stays", () =>
    Effect.gen(function* () {
      const { server, erase, append, log, lease, commitOne, anHourLater } = yield* place
      const committed = encodeBatch(batchFrom("203.0.113.7"))
      const waiting = encodeBatch(batchFrom("203.0.113.8"))
      yield* append(committed)
      yield* commitOne
      assert.isTrue(onDisk(server.folder, committed))

      assert.isTrue(yield* erase)
      yield* untilOffDisk(server.folder, committed)

      yield* append(waiting)
      yield* anHourLater
      assert.isFalse(yield* erase)
      assert.isTrue(onDisk(server.folder, waiting))
      yield* Effect.promise(() => server.kill())
      yield* Effect.promise(() => server.start())
      const read = log.read(lease, { entries: 10, bytes: 1_000 }).pipe(Effect.eventually)
      assert.deepStrictEqual(
        (yield* read).map(({ bytes }) => Buffer.from(bytes)),
        [waiting],
      )
    }).pipe(Effect.scoped),
  )

  it.live("happens once an hour for all workers together, and only after a commit", () =>
    Effect.gen(function* () {
      const { client, erase, append, commitOne, anHourLater } = yield* place
      const rewrites = Effect.promise(async () => /aof_rewrites:(\d+)/.exec(await client.info())?.[1])
      assert.isFalse(yield* erase)
      yield* append(encodeBatch(batchFrom("203.0.113.7")))
      yield* commitOne
      assert.isFalse(yield* erase)
      assert.strictEqual(yield* rewrites, "0")
      assert.isAbove(yield* Effect.promise(() => client.pttl(keys.erasing)), 0)
      yield* anHourLater
      assert.isTrue(yield* erase)
      yield* anHourLater
      assert.isFalse(yield* erase)
      assert.strictEqual(yield* rewrites, "1")
    }).pipe(Effect.scoped),
  )

  it.live("happens once after each midnight (UTC), also when nothing was trimmed, for what was deleted because its day is over", () =>
    Effect.gen(function* () {
      const { client, server, erase, anHourLater } = yield* place
      const salt = randomBytes(32)
      yield* Effect.promise(() => client.set("salt", salt))
      assert.isFalse(yield* erase)
      yield* Effect.promise(() => client.del("salt"))
      yield* anHourLater
      assert.isFalse(yield* erase)
      assert.isTrue(onDisk(server.folder, salt))
      yield* anHourLater
      assert.isTrue(yield* tomorrow(erase))
      yield* untilOffDisk(server.folder, salt)
      yield* anHourLater
      assert.isFalse(yield* tomorrow(erase))
    }).pipe(Effect.scoped),
  )

  it.live("is tried again when it did not succeed", () =>
    Effect.gen(function* () {
      const { client, server, erase, append, commitOne, anHourLater } = yield* place
      const entry = encodeBatch(batchFrom("203.0.113.7"))
      yield* append(entry)
      yield* commitOne
      yield* Effect.promise(() => client.call("ACL", "SETUSER", "default", "-bgrewriteaof"))
      const failure = yield* Effect.flip(erase)
      assert.strictEqual(failure._tag, "NotErased")
      assert.include(String(failure._tag === "NotErased" && failure.reason), "bgrewriteaof")
      yield* Effect.promise(() => client.call("ACL", "SETUSER", "default", "+bgrewriteaof"))
      yield* anHourLater
      assert.isTrue(yield* erase)
      yield* untilOffDisk(server.folder, entry)
    }).pipe(Effect.scoped),
  )

  it.live("leaves a Redis without an append-only file alone", () =>
    Effect.gen(function* () {
      const { client, erase, append, commitOne } = yield* place
      yield* append(encodeBatch(batchFrom("203.0.113.7")))
      yield* commitOne
      yield* Effect.promise(() => client.config("SET", "appendonly", "no"))
      assert.isFalse(yield* erase)
    }).pipe(Effect.scoped),
  )
})
