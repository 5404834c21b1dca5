import { assert, describe, it } from "@effect/vitest"
import { decodeBatch } from "@footfall/event-log/codec"
import { PATIENCE_MS } from "@footfall/event-log/EventLogRedis"
import { layer as redisLayer, Redis } from "@footfall/platform/Redis"
import { ConfigProvider, Effect } from "effect"
import { randomUUID } from "node:crypto"
import { RedisServer } from "@footfall/event-log/test/RedisServer"
import { WRITE_KEY } from "./support/control-plane.ts"
import { startProcess } from "./support/IngestProcess.ts"

const PARTITIONS = 4

/** Posts page views with these ids; undefined when there was no answer. */
const post = (url: string, ids: ReadonlyArray<string>) =>
  fetch(`${url}/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${WRITE_KEY}`, "user-agent": `Browser/${ids[0]?.[0]}` },
    body: JSON.stringify({ events: ids.map((id) => ({ kind: "pageview", id, url: "https://example.com/" })) }),
  }).then(
    async (response) => ({ status: response.status, retryAfter: response.headers.get("retry-after"), text: await response.text() }),
    () => undefined,
  )

/** The ids of all events on the log. */
const idsOnLog = (server: RedisServer) =>
  Effect.gen(function* () {
    const { client } = yield* Redis
    const ids: Array<string> = []
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const entries = yield* Effect.promise(() => client.xrangeBuffer(`events:{${partition}}`, "-", "+"))
      for (const [, fields] of entries) {
        const { groups } = yield* decodeBatch(fields[1] ?? Buffer.alloc(0))
        ids.push(...groups.flatMap(({ events }) => events.map(({ id }) => id)))
      }
    }
    return ids
  }).pipe(Effect.provide(redisLayer), Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: server.url }))))

/** Clients that send one request after the other until `stop`; gives the ids that were answered 202. */
const load = (url: string, clients: number) => {
  const answered: Array<string> = []
  let stopped = false
  let failures = 0
  const client = async () => {
    while (!stopped) {
      const ids = [randomUUID(), randomUUID()]
      const answer = await post(url, ids)
      if (answer?.status === 202) answered.push(...ids)
      else failures++
      if (answer === undefined) return
    }
  }
  const running = Array.from({ length: clients }, client)
  return {
    answered,
    failures: () => failures,
    reaches: async (count: number) => {
      while (answered.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    stop: async () => {
      stopped = true
      await Promise.all(running)
    },
  }
}

const missing = (answered: ReadonlyArray<string>, logged: ReadonlyArray<string>) => {
  const there = new Set(logged)
  return answered.filter((id) => !there.has(id))
}

/** Longer than any answer takes on a slow machine: a request that waits so long would wait for ever. */
const HANGS_MS = 15_000

describe("ingest as a process", () => {
  it.live(
    "kill -9 under load loses nothing that was answered 202",
    () =>
      Effect.gen(function* () {
        const redis = yield* RedisServer.scoped
        for (let round = 0; round < 3; round++) {
          const ingest = yield* startProcess(redis.url)
          const clients = load(ingest.url, 16)
          yield* Effect.promise(() => clients.reaches(500 + 300 * round))
          ingest.kill("SIGKILL")
          yield* Effect.promise(() => clients.stop())
          assert.deepStrictEqual(missing(clients.answered, yield* idsOnLog(redis)), [])
        }
      }),
    60_000,
  )

  it.live(
    "SIGTERM under load ends it with 0 after every request that it took has been answered",
    () =>
      Effect.gen(function* () {
        const redis = yield* RedisServer.scoped
        const ingest = yield* startProcess(redis.url)
        const clients = load(ingest.url, 16)
        yield* Effect.promise(() => clients.reaches(500))
        ingest.kill("SIGTERM")
        assert.strictEqual(yield* Effect.promise(() => ingest.ended), 0)
        yield* Effect.promise(() => clients.stop())
        const logged = yield* idsOnLog(redis)
        assert.deepStrictEqual(missing(clients.answered, logged), [])
        // A client that was cut off was cut off before its request was taken.
        assert.strictEqual(logged.length, clients.answered.length)
      }),
    60_000,
  )

  it.live(
    "a killed Redis is answered 503 + Retry-After within two seconds, and 202 again without a restart; nothing answered 202 is lost",
    () =>
      Effect.gen(function* () {
        const redis = yield* RedisServer.scoped
        const ingest = yield* startProcess(redis.url)
        const clients = load(ingest.url, 8)
        yield* Effect.promise(() => clients.reaches(300))
        yield* Effect.promise(() => redis.kill())
        const began = performance.now()
        const answer = yield* Effect.promise(() => post(ingest.url, [randomUUID()]))
        assert.isBelow(performance.now() - began, HANGS_MS)
        assert.strictEqual(answer?.status, 503)
        assert.isAtLeast(Number(answer?.retryAfter), 1)
        assert.strictEqual((yield* Effect.promise(() => fetch(`${ingest.url}/health/ready`))).status, 503)
        const before = clients.answered.length
        yield* Effect.promise(() => redis.start())
        yield* Effect.promise(() => clients.reaches(before + 200))
        yield* Effect.promise(() => clients.stop())
        assert.isAbove(clients.failures(), 0)
        assert.deepStrictEqual(missing(clients.answered, yield* idsOnLog(redis)), [])
      }),
    60_000,
  )

  it.live(
    "a Redis that hangs is answered 503 within two seconds, and 202 again when it wakes up",
    () =>
      Effect.gen(function* () {
        assert.isBelow(PATIENCE_MS, 2_000)
        const redis = yield* RedisServer.scoped
        const ingest = yield* startProcess(redis.url)
        redis.signal("SIGSTOP")
        for (let i = 0; i < 3; i++) {
          const began = performance.now()
          const answer = yield* Effect.promise(() => post(ingest.url, [randomUUID()]))
          assert.strictEqual(answer?.status, 503)
          assert.isBelow(performance.now() - began, HANGS_MS)
        }
        redis.signal("SIGCONT")
        const id = randomUUID()
        yield* Effect.promise(async () => {
          while ((await post(ingest.url, [id]))?.status !== 202) await new Promise((resolve) => setTimeout(resolve, 50))
        })
        assert.include(yield* idsOnLog(redis), id)
      }),
    60_000,
  )
})
