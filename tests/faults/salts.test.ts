import { assert, describe, it } from "@effect/vitest"
import { Salts, dayOf } from "@footfall/control-plane/Salts"
import { Erasure } from "@footfall/event-log/Erasure"
import * as ErasureRedis from "@footfall/event-log/ErasureRedis"
import { removeAfterwards } from "@footfall/local/guardian"
import { startStack } from "@footfall/local/stack"
import * as RedisDriver from "@footfall/platform/Redis"
import { Clock, ConfigProvider, Context, Effect, Layer } from "effect"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { World } from "../support/world.ts"

const DAY_MS = 86_400_000

/** The files below a folder that hold a salt, as bytes or as hexadecimal digits. */
const holding = (folder: string, salt: Buffer) => {
  const forms = [salt, Buffer.from(salt.toString("hex"))]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return forms.some((form) => bytes.includes(form))
    })
}

/** Engines of the test's own, in a folder that can be looked through. */
const engines = Effect.acquireRelease(
  Effect.promise(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "footfall-salts-"))
    removeAfterwards(dataDir)
    return { dataDir, stack: await startStack({ dataDir }) }
  }),
  ({ dataDir, stack }) =>
    Effect.promise(async () => {
      await stack.stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    }),
)

/** Our clock, so far ahead. */
const later =
  (ms: number) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.gen(function* () {
      const moved: Clock.Clock = Object.assign(Object.create(yield* Clock.Clock), {
        currentTimeMillisUnsafe: () => Date.now() + ms,
        currentTimeMillis: Effect.sync(() => Date.now() + ms),
      })
      return yield* Effect.provideService(effect, Clock.Clock, moved)
    })

describe("a salt", () => {
  it.live(
    "is in Redis' files while it lives, never in Postgres' (heap, WAL), and in no file when its time is over, also without traffic",
    () =>
      Effect.gen(function* () {
        const { dataDir, stack } = yield* engines
        const world = yield* Effect.promise(() => World.start({ engines: stack, workers: 0 }))
        const config = ConfigProvider.layer(
          ConfigProvider.fromUnknown({ REDIS_URL: stack.redisUrl, REDIS_PREFIX: world.env["REDIS_PREFIX"] ?? "" }),
        )
        const context = yield* Layer.build(
          Layer.merge(Salts.layer, ErasureRedis.layer).pipe(Layer.provideMerge(RedisDriver.layer), Layer.provide(config)),
        )
        const [salts, { erase }, { client }] = [
          Context.get(context, Salts),
          Context.get(context, Erasure),
          Context.get(context, RedisDriver.Redis),
        ]
        // Else a salt could hide in a compressed file.
        yield* Effect.promise(() => client.config("SET", "rdbcompression", "no"))
        assert.isFalse(yield* erase)

        const project = yield* Effect.promise(() => world.project())
        const answer = yield* Effect.promise(() => world.send([{ kind: "pageview", url: "https://example.com/" }], project.writeKey))
        assert.strictEqual(answer.status, 202)
        const now = yield* Clock.currentTimeMillis
        const salt = Buffer.from(yield* salts.of(dayOf(now)))
        assert.isNotEmpty(holding(join(dataDir, "redis"), salt))
        // Whatever is in memory of Postgres goes to its files when it stops.
        yield* Effect.promise(() => world.stop())
        yield* Effect.promise(async () => stack.processes.find(({ name }) => name === "postgres")?.stop())
        assert.isEmpty(holding(join(dataDir, "postgres"), salt))

        const anHourLater = Effect.promise(() => client.del(`${world.env["REDIS_PREFIX"]}erasing`))
        yield* anHourLater
        yield* salts.forget
        assert.isFalse(yield* erase)
        assert.isNotEmpty(holding(join(dataDir, "redis"), salt))

        yield* anHourLater
        yield* Effect.andThen(salts.forget, erase).pipe(later(2 * DAY_MS))
        while (holding(dataDir, salt).length > 0) yield* Effect.sleep(20)
      }).pipe(Effect.scoped),
    180_000,
  )
})
