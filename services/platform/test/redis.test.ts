import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Option, Redacted } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer, type Socket } from "node:net"
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
        const failure = yield* Effect.flip(Effect.tryPromise({ try: () => client.get("anything"), catch: String }))
        // Neither queued nor sent: there is nothing that it could have waited for.
        assert.include(failure, "isn't writeable")
      }).pipe(Effect.provide(RedisService.layer), Effect.provide(config))
    }),
  )

  it.live("a connection that is taken and then left without a word is given up for a new one", () =>
    Effect.gen(function* () {
      const sockets: Array<Socket> = []
      const second = Promise.withResolvers<void>()
      const silent = createServer((socket) => {
        // Read, as by a network that swallows what it is given; the end of the connection is noticed by reading only.
        socket.on("error", () => undefined).resume()
        if (sockets.push(socket) === 2) second.resolve()
      })
      yield* Effect.promise(() => new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve)))
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          for (const socket of sockets) socket.destroy()
          silent.close()
        }),
      )
      const { port } = silent.address() as AddressInfo
      const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ REDIS_URL: `redis://127.0.0.1:${port}` }))
      yield* Effect.promise(() => second.promise).pipe(Effect.provide(RedisService.layer), Effect.provide(config))
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
