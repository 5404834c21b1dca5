import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { createServer, type Socket } from "node:net"
import { settled, start } from "../support/server.ts"

/** A warehouse that takes every statement and answers none. Tells how many it was asked that have `text` in them. */
const silentWarehouse = Effect.acquireRelease(
  Effect.promise(async () => {
    const sockets = new Set<Socket>()
    const received = new Map<Socket, string>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on("data", (part) => received.set(socket, (received.get(socket) ?? "") + part.toString("latin1")))
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    const asked = (text: string) => [...received.values()].filter((each) => each.includes(text)).length
    return { server, sockets, asked, url: `http://127.0.0.1:${port}` }
  }),
  ({ server, sockets }) =>
    Effect.promise(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }),
)

describe("many questions at once", () => {
  it.live("of one key leave room for another key and for other projects; what is too much is 429 with Retry-After", () =>
    Effect.gen(function* () {
      const { env, owner, project, secretKey } = yield* settled
      const [busy, other] = [yield* project("busy"), yield* project("other")]
      const [greedy, modest] = [yield* secretKey(busy.id, ["stats:read"]), yield* secretKey(busy.id, ["stats:read"])]
      const warehouse = yield* silentWarehouse
      const { ask } = yield* start({ ...env, CLICKHOUSE_URL: warehouse.url })
      const question = (id: string, token: string) => ask("GET", `/v1/projects/${id}/online`, { token })

      let refused = 0
      const first = yield* Deferred.make<{
        readonly status: number
        readonly headers: Headers
        readonly body: { readonly status: number }
      }>()
      const crowd = yield* Effect.forEach(
        Array.from({ length: 200 }),
        () =>
          Effect.tap(question(busy.id, greedy), (answer) =>
            Effect.andThen(
              Effect.sync(() => refused++),
              Deferred.succeed(first, answer),
            ),
          ),
        { concurrency: "unbounded", discard: true },
      ).pipe(Effect.forkChild)
      const answer = yield* Deferred.await(first)
      assert.deepStrictEqual([answer.status, answer.body.status, answer.headers.get("retry-after")], [429, 429, "2"])
      // 4 run and 150 wait; nobody else has an answer, for the warehouse gives none.
      while (refused < 46) yield* Effect.sleep(5)
      assert.deepStrictEqual([refused, warehouse.asked(busy.id)], [46, 4])

      const others = yield* Effect.all([question(busy.id, modest), question(other.id, owner)], { concurrency: 2 }).pipe(Effect.forkChild)
      while (warehouse.asked(other.id) < 1 || warehouse.asked(busy.id) < 5) yield* Effect.sleep(5)
      yield* Fiber.interrupt(others)
      yield* Fiber.interrupt(crowd)
    }).pipe(Effect.scoped),
  )
})
