import { NodeHttpServer, NodeHttpServerRequest } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ByteSize, Context, Deferred, Effect, Layer, Logger } from "effect"
import { HttpRouter, HttpServer, HttpServerRequest, HttpServerResponse } from "effect/http"
import { connect } from "node:net"
import { httpServer } from "../src/httpServer.ts"
import * as ProblemFallback from "../src/ProblemFallback.ts"
import { raw, statuses } from "./support/raw.ts"

const LIMIT = 1024

const echo = HttpRouter.add(
  "POST",
  "/echo",
  Effect.map(
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => request.text),
    HttpServerResponse.text,
  ),
)

const routes = Layer.mergeAll(
  echo,
  HttpRouter.add("GET", "/", HttpServerResponse.text("hello")),
  HttpRouter.add("POST", "/deaf", HttpServerResponse.text("answered without listening")),
  HttpRouter.add(
    "GET",
    "/later",
    Effect.as(
      Effect.promise(() => new Promise(setImmediate)),
      HttpServerResponse.text("later"),
    ),
  ),
)

/** The server with these routes, in a scope; gives its URL. */
const started = (
  app: Layer.Layer<never, never, HttpRouter.HttpRouter>,
  times: { readonly unreadMs?: number; readonly arrivalMs?: number } = {},
) =>
  Layer.build(
    HttpRouter.serve(Layer.provide(app, ProblemFallback.layer), { disableLogger: true, disableListenLog: true }).pipe(
      Layer.provide(Layer.succeed(HttpServerRequest.MaxBodySize, ByteSize.bytes(LIMIT))),
      Layer.provideMerge(httpServer({ host: "127.0.0.1", port: 0, ...times })),
      Layer.provide([NodeHttpServer.layerHttpServices, Logger.layer([])]),
    ),
  ).pipe(Effect.map((context) => HttpServer.formatAddress(Context.get(context, HttpServer.HttpServer).address)))

const test = (name: string, body: (url: string) => Effect.Effect<void>) =>
  it.live(name, () => Effect.flatMap(started(routes as never), body))

const assertProblem = (sent: string, status: number) => {
  assert.deepStrictEqual(statuses(sent), [status], sent)
  assert.match(sent, /^content-type: application\/problem\+json\r$/im)
  assert.match(sent, /^x-content-type-options: nosniff\r$/im)
  assert.strictEqual(JSON.parse(sent.slice(sent.indexOf("\r\n\r\n"))).status, status)
}

describe("a request", () => {
  test("that offers another protocol is answered as if it had not", (url) =>
    Effect.gen(function* () {
      for (const offer of [
        "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
        "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13",
      ]) {
        const sent = yield* raw(url, `POST /echo HTTP/1.1\r\nHost: a\r\n${offer}\r\nContent-Length: 5\r\n\r\nhello`)
        assert.deepStrictEqual(statuses(sent), [200], sent)
        assert.match(sent, /\r\n\r\nhello$/)
        assert.match(sent, /^x-content-type-options: nosniff\r$/im)
        assert.match(sent, /^x-request-id: \S+\r$/im)
        assertProblem(yield* raw(url, `GET /nothing HTTP/1.1\r\nHost: a\r\n${offer}\r\n\r\n`), 404)
      }
    }))

  test("without Host is a 400 problem, unless it is of HTTP/1.0", (url) =>
    Effect.gen(function* () {
      assertProblem(yield* raw(url, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), 400)
      assertProblem(yield* raw(url, "POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\n"), 400)
      assert.match(yield* raw(url, "GET / HTTP/1.0\r\n\r\n"), /^HTTP\/1.1 200 [^]*hello$/)
    }))

  test("with two Host headers is a 400 problem, whichever of them is ours", (url) =>
    Effect.gen(function* () {
      for (const hosts of ["Host: a\r\nHost: evil.example", "Host: evil.example\r\nhost: a", "Host: a\r\nHOST: a"]) {
        assertProblem(yield* raw(url, `GET / HTTP/1.1\r\n${hosts}\r\nConnection: close\r\n\r\n`), 400)
        assertProblem(yield* raw(url, `POST /echo HTTP/1.1\r\n${hosts}\r\nContent-Length: 5\r\n\r\n`), 400)
      }
    }))

  test("to tunnel through (CONNECT) gets no answer, and the connection ends", (url) =>
    Effect.gen(function* () {
      assert.strictEqual(yield* raw(url, "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"), "")
    }))

  it.live("that goes on arriving, but too slowly, is a 408 problem and cut off", () =>
    Effect.gen(function* () {
      const url = yield* started(routes as never, { arrivalMs: 500 })
      const slowly = (head: string, drop: string) =>
        Effect.callback<string>((resume) => {
          const { hostname, port } = new URL(url)
          let answer = ""
          const socket = connect(Number(port), hostname, () => socket.write(head))
          const dripping = setInterval(() => socket.write(drop), 50)
          socket.setEncoding("latin1").on("data", (text) => (answer += text))
          socket
            .on("error", () => undefined)
            .on("close", () => {
              clearInterval(dripping)
              resume(Effect.succeed(answer))
            })
        })
      const head = "POST /echo HTTP/1.1\r\nHost: a\r\n"
      assertProblem(yield* slowly(`${head}Content-Length: 1000\r\n\r\n`, "x"), 408)
      assertProblem(yield* slowly(`${head}Transfer-Encoding: chunked\r\n\r\n`, "1\r\nx\r\n"), 408)
      assertProblem(yield* slowly(head, "X-Slow: x\r\n"), 408)
    }),
  )

  test("with an unknown expectation is a 417 problem", (url) =>
    Effect.gen(function* () {
      assertProblem(yield* raw(url, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 5\r\n\r\n"), 417)
    }))

  test("that is refused before its body has arrived ends the connection, whatever still comes", (url) =>
    Effect.gen(function* () {
      const head = (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`
      const chunk = `${(LIMIT + 1).toString(16)}\r\n${"x".repeat(LIMIT + 1)}\r\n`
      for (const [path, status] of [
        ["/echo", 413],
        ["/nothing", 404],
      ] as const) {
        for (const rest of ["", "1\r\nx\r\n", "this is no chunk"]) {
          const sent = yield* raw(url, head(path) + chunk + rest)
          assertProblem(sent, status)
          assert.match(sent, /^connection: close\r$/im)
        }
      }
    }))

  test("that has its answer gets no second one when the rest of it is unreadable", (url) =>
    Effect.gen(function* () {
      const sent = yield* Effect.callback<string>((resume) => {
        const { hostname, port } = new URL(url)
        let answer = ""
        const socket = connect(Number(port), hostname, () =>
          socket.write("POST /deaf HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"),
        )
        socket.setEncoding("latin1").on("data", (text) => {
          answer += text
          if (answer.endsWith("listening")) socket.write("this is no chunk")
        })
        socket.on("error", () => undefined).on("close", () => resume(Effect.succeed(answer)))
      })
      assert.deepStrictEqual(statuses(sent), [200], sent)
    }))

  test("gets its answer before what comes behind it is refused", (url) =>
    Effect.gen(function* () {
      const sent = yield* raw(url, "GET /later HTTP/1.1\r\nHost: a\r\n\r\nNONSENSE\r\n\r\n")
      assert.deepStrictEqual(statuses(sent), [200, 400], sent)
      assert.deepStrictEqual(
        statuses(yield* raw(url, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhello\r\n\r\n")),
        [200, 400],
      )
    }))
})

describe("an answer", () => {
  const SIZE = 24 * 1024 * 1024

  /** A server with one large answer, which tells when that answer's connection is closed. */
  const large = (unreadMs: number) =>
    Effect.gen(function* () {
      const closed = yield* Deferred.make<void>()
      const bytes = new Uint8Array(SIZE)
      const route = HttpRouter.add("GET", "/", (request) =>
        Effect.sync(() => {
          NodeHttpServerRequest.toServerResponse(request).once("close", () => Deferred.doneUnsafe(closed, Effect.void))
          return HttpServerResponse.uint8Array(bytes)
        }),
      )
      return { closed, url: yield* started(route as never, { unreadMs }) }
    })

  /** Asks for it and gives the connection before anything of the answer is read. */
  const asked = (url: string) =>
    Effect.acquireRelease(
      Effect.sync(() => {
        const { hostname, port } = new URL(url)
        const socket = connect({ host: hostname, port: Number(port) })
        socket.on("error", () => undefined)
        socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return socket
      }),
      (socket) => Effect.sync(() => socket.destroy()),
    )

  it.live("that nobody reads is given up, and its connection cut", () =>
    Effect.gen(function* () {
      const { url, closed } = yield* large(200)
      const socket = yield* asked(url)
      yield* Deferred.await(closed)
      const read = yield* Effect.callback<number>((resume) => {
        let bytes = 0
        socket.on("data", (chunk) => (bytes += chunk.length)).on("close", () => resume(Effect.succeed(bytes)))
      })
      assert.isBelow(read, SIZE)
    }),
  )

  it.live("that is read slowly arrives as a whole, however long that takes", () =>
    Effect.gen(function* () {
      const { url } = yield* large(500)
      const socket = yield* asked(url)
      const read = yield* Effect.callback<number>((resume) => {
        let bytes = 0
        socket.on("data", (chunk) => {
          bytes += chunk.length
          socket.pause()
          setTimeout(() => socket.resume(), 5)
        })
        socket.on("close", () => resume(Effect.succeed(bytes)))
      })
      assert.isAbove(read, SIZE)
    }),
  )

  it.live("that takes its time to be made is waited for", () =>
    Effect.gen(function* () {
      const route = HttpRouter.add("GET", "/", (request) =>
        Effect.callback<HttpServerResponse.HttpServerResponse>((resume) => {
          const response = NodeHttpServerRequest.toServerResponse(request)
          response.once("timeout", () => resume(Effect.succeed(HttpServerResponse.text("at last"))))
        }),
      )
      const url = yield* started(route as never, { unreadMs: 100 })
      assert.match(yield* raw(url, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), /^HTTP\/1.1 200 [^]*at last$/)
    }),
  )
})
