import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Deferred, Effect, Fiber, Layer, Schema } from "effect"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import * as ClickHouse from "../src/ClickHouse.ts"

/** What becomes of a statement that is answered so, by ClickHouse or by something in front of it. */
const failureWhen = Effect.fnUntraced(function* (status: number, body: string) {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { "content-type": "text/plain" }).end(body)
  })
  yield* Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)))
  yield* Effect.addFinalizer(() => Effect.sync(() => (server.closeAllConnections(), server.close())))
  const { port } = server.address() as AddressInfo
  const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ CLICKHOUSE_URL: `http://127.0.0.1:${port}` }))
  const statement = Effect.flatMap(ClickHouse.ClickHouse, (clickhouse) => clickhouse.command("SELECT 1"))
  return (yield* Effect.flip(statement.pipe(Effect.provide(ClickHouse.layer), Effect.provide(config))))._tag
}, Effect.scoped)

const exception = (code: number, name: string) => `Code: ${code}. DB::Exception: Refused. (${name})`

describe("a refusal of ClickHouse", () => {
  for (const [status, code, name] of [
    [403, 516, "AUTHENTICATION_FAILED"],
    [403, 497, "ACCESS_DENIED"],
    [500, 201, "QUOTA_EXCEEDED"],
    [500, 243, "NOT_ENOUGH_SPACE"],
    [404, 60, "UNKNOWN_TABLE"],
    [400, 16, "NO_SUCH_COLUMN_IN_TABLE"],
    [500, 241, "MEMORY_LIMIT_EXCEEDED"],
    [500, 159, "TIMEOUT_EXCEEDED"],
  ] as const)
    it.live(`for ${name} passes, and the statement is worth repeating`, () =>
      Effect.map(failureWhen(status, exception(code, name)), (tag) => assert.strictEqual(tag, "ClickHouseUnavailable")),
    )

  it.live("that is none, but something in front of it that answers in its place, passes too", () =>
    Effect.map(failureWhen(502, "<html>Bad Gateway</html>"), (tag) => assert.strictEqual(tag, "ClickHouseUnavailable")),
  )

  for (const [status, code, name] of [
    [400, 62, "SYNTAX_ERROR"],
    [404, 47, "UNKNOWN_IDENTIFIER"],
    [400, 117, "INCORRECT_DATA"],
  ] as const)
    it.live(`for ${name} is about the statement or its data`, () =>
      Effect.map(failureWhen(status, exception(code, name)), (tag) => assert.strictEqual(tag, "ClickHouseRejected")),
    )
})

describe("a question", () => {
  it.live("that nobody waits for any more is taken back: its request ends", () =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const ended = yield* Deferred.make<void>()
      // Never answers.
      const server = createServer((request, response) => {
        request.resume()
        response.on("close", () => Deferred.doneUnsafe(ended, Effect.void))
        Deferred.doneUnsafe(begun, Effect.void)
      })
      yield* Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)))
      yield* Effect.addFinalizer(() => Effect.sync(() => (server.closeAllConnections(), server.close())))
      const { port } = server.address() as AddressInfo
      const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ CLICKHOUSE_URL: `http://127.0.0.1:${port}` }))
      const clickhouse = yield* ClickHouse.ClickHouse.pipe(Effect.provide(yield* Layer.build(Layer.provide(ClickHouse.layer, config))))
      const asking = yield* Effect.forkChild(clickhouse.query({ sql: "SELECT 1", params: {}, row: Schema.Unknown }))
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(asking)
      // By itself the client gives up after a minute.
      yield* Effect.timeout(Deferred.await(ended), "30 seconds")
    }).pipe(Effect.scoped),
  )
})
