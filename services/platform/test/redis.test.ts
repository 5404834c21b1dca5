import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Option, Redacted } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as RedisService from "../src/Redis.ts"
import { optionalSecret, secret } from "../src/secret.ts"

const closedPort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : 0)))
  })
})

describe("Redis", () => {
  it.live("a service starts although Redis is down, and its commands fail at once", () =>
    Effect.gen(function* () {
      const port = yield* closedPort
      const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: `redis://127.0.0.1:${port}` }))
      yield* Effect.gen(function* () {
        const { client } = yield* RedisService.Redis
        const began = performance.now()
        const failure = yield* Effect.flip(Effect.tryPromise(() => client.get("anything")))
        assert.isDefined(failure)
        assert.isBelow(performance.now() - began, 500)
      }).pipe(Effect.provide(RedisService.layer), Effect.provide(config))
    }),
  )
})

describe("secret", () => {
  const read = (environment: Record<string, string>) =>
    secret("TOKEN").pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment))))

  it.effect("comes from the variable, else from the file that the variable with _FILE names, without the line's end", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "footfall-secret-"))
      yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(folder, { recursive: true })))
      const file = join(folder, "token")
      writeFileSync(file, "from the file\n")
      assert.strictEqual(Redacted.value(yield* read({ TOKEN_FILE: file })), "from the file")
      assert.strictEqual(Redacted.value(yield* read({ TOKEN: "itself", TOKEN_FILE: file })), "itself")
    }),
  )

  it.effect("that is missing is named, and one that may be missing is none", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(read({}))
      assert.include(failure.message, "TOKEN is not set")
      const none = yield* optionalSecret("TOKEN").pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({}))))
      assert.isTrue(Option.isNone(none))
    }),
  )

  it.effect("names the file that cannot be read", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(read({ TOKEN_FILE: "/nowhere/token" }))
      assert.include(failure.message, "/nowhere/token")
    }),
  )
})
