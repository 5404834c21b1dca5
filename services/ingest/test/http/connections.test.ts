import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { connect, type Socket } from "node:net"
import { raw, statuses } from "@footfall/platform/test/raw"
import { type App, pageview, startApp } from "../support/app.ts"
import { WRITE_KEY } from "../support/control-plane.ts"

const MIB = 1024 * 1024

/** The head of a request to send events. */
const head = (...headers: ReadonlyArray<string>) =>
  ["POST /v1/events HTTP/1.1", "Host: a", "Content-Type: application/json", ...headers].map((line) => `${line}\r\n`).join("") + "\r\n"

const test = (name: string, body: (app: App) => Effect.Effect<void>, budget?: number) =>
  it.live(name, () => Effect.flatMap(startApp({}, budget === undefined ? {} : { budget }), body))

/** An acceptable batch of exactly so many bytes. */
const batchOf = (bytes: number) => {
  const batch = (filler: string) => JSON.stringify({ key: WRITE_KEY, filler, events: [pageview()] })
  return batch("x".repeat(bytes - batch("").length))
}

/** Somebody who sends a batch of so many bytes, in parts. */
const sender = (app: App, bytes: number) => {
  const body = batchOf(bytes)
  const { hostname, port } = new URL(app.url)
  const socket: Socket = connect(Number(port), hostname)
  let sent = 0
  let answer = ""
  socket.setEncoding("latin1").on("error", () => undefined)
  socket.write(head(`Content-Length: ${bytes}`, "Connection: close"))
  return {
    send: (count: number) => socket.write(body.slice(sent, (sent += count))),
    leave: () => socket.destroy(),
    answered: new Promise<string>((resolve) => socket.on("data", (text) => (answer += text)).on("close", () => resolve(answer))),
  }
}

/** Two who begin to send the same; gives the one who may go on, and what the other was answered. */
const rivals = async (app: App, bytes: number, part: number) => {
  const two = [sender(app, bytes), sender(app, bytes)] as const
  for (const { send } of two) send(part)
  const [refused, loser] = await Promise.race(two.map(async (one) => [await one.answered, one] as const))
  return { refused, winner: loser === two[0] ? two[1] : two[0] }
}

describe("a connection to ingest", () => {
  test("that offers another protocol is answered as if it had not", (app) =>
    Effect.gen(function* () {
      const body = batchOf(200)
      for (const offer of ["Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "Upgrade: websocket\r\nSec-WebSocket-Version: 13"]) {
        const connection = "Connection: Upgrade, HTTP2-Settings, close"
        const sent = yield* raw(app.url, head(connection, offer, "Content-Length: 200") + body)
        assert.deepStrictEqual(statuses(sent), [202], sent)
        assert.match(sent, /^x-content-type-options: nosniff\r$/im)
      }
      assert.strictEqual(app.events().length, 2)
    }))

  test("with something else than a bearer token is refused before its body", (app) =>
    Effect.gen(function* () {
      const sent = yield* raw(app.url, head("Authorization: Basic dXNlcjpwYXNz", "Content-Length: 1000"))
      assert.deepStrictEqual(statuses(sent), [401], sent)
      assert.match(sent, /^connection: close\r$/im)
    }))

  test("with an endless body gets one answer and is closed", (app) =>
    Effect.gen(function* () {
      const chunk = `${(MIB + 1).toString(16)}\r\n${"x".repeat(MIB + 1)}\r\n`
      const sent = yield* raw(app.url, head("Transfer-Encoding: chunked") + chunk)
      assert.deepStrictEqual(statuses(sent), [413], sent)
      assert.match(sent, /^connection: close\r$/im)
    }))
})

describe("unfinished bodies", () => {
  test(
    "are kept up to the budget of the process; beyond it is 503 with Retry-After, and the connection is closed",
    (app) =>
      Effect.gen(function* () {
        const { refused, winner } = yield* Effect.promise(() => rivals(app, 2000, 600))
        assert.deepStrictEqual(statuses(refused), [503], refused)
        assert.match(refused, /^retry-after: [1-9]\d*\r$/im)
        assert.match(refused, /^connection: close\r$/im)
        // Exactly the limit: 600 are kept already, and 400 are left.
        winner.send(400)
        winner.send(1000)
        assert.deepStrictEqual(statuses(yield* Effect.promise(() => winner.answered)), [202])
        assert.strictEqual(app.events().length, 1)
      }),
    1000,
  )

  test(
    "count no longer when they are finished, refused, or their sender has gone",
    (app) =>
      Effect.gen(function* () {
        for (let i = 0; i < 3; i++) {
          const { winner } = yield* Effect.promise(() => rivals(app, 2000, 600))
          if (i === 0) winner.send(1400)
          else winner.leave()
          yield* Effect.promise(() => winner.answered)
        }
        const chunked = () =>
          raw(app.url, `${head("Transfer-Encoding: chunked", "Connection: close")}3de\r\n${batchOf(990)}\r\n0\r\n\r\n`).pipe(
            Effect.map(statuses),
          )
        // The server may learn of the last one's leaving a moment after that one does.
        let last = yield* chunked()
        while (last[0] !== 202) last = yield* chunked()
        for (let i = 0; i < 3; i++) assert.deepStrictEqual(yield* chunked(), [202])
      }),
    1000,
  )

  test(
    "do not hold up what arrives as a whole",
    (app) =>
      Effect.gen(function* () {
        const late = sender(app, 2000)
        late.send(1)
        assert.deepStrictEqual(statuses(yield* Effect.promise(() => late.answered)), [503])
        assert.strictEqual((yield* app.post(batchOf(2000))).status, 202)
      }),
    0,
  )
})
