import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Context, Deferred, Effect, Exit, Fiber, Layer, Logger, Scope } from "effect"
import { HttpRouter, HttpServer, type HttpServerError, HttpServerRequest, HttpServerResponse } from "effect/http"
import * as Health from "../src/Health.ts"
import { serve } from "../src/HttpService.ts"
import { raw } from "./support/raw.ts"

const onFreePort = ConfigProvider.layer(ConfigProvider.fromUnknown({ PORT: "0" }))

const routes = Layer.mergeAll(
  HttpRouter.add("GET", "/things/:id", HttpServerResponse.jsonUnsafe({ ok: true })),
  HttpRouter.add("PUT", "/things/:id", HttpServerResponse.empty()),
  HttpRouter.add("GET", "/defect", Effect.die(new Error("the password is swordfish"))),
  HttpRouter.add("GET", "/bare", HttpServerResponse.empty({ status: 415, headers: { accept: "application/json" } })),
  HttpRouter.add("GET", "/own", HttpServerResponse.text("x", { headers: { "cache-control": "public, max-age=60" } })),
  HttpRouter.add(
    "POST",
    "/echo",
    Effect.map(
      Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => request.text),
      HttpServerResponse.text,
    ),
  ),
  Health.layerRoutes(Effect.fail("not yet")),
)

/** Serves the routes in a scope and gives the URL. */
const started = (app: Layer.Layer<never, never, HttpRouter.HttpRouter | HttpRouter.Request<"Error", HttpServerError.HttpServerError>>) =>
  Layer.build(serve(app, { port: 3999, maxBodyBytes: 1024 })).pipe(
    Effect.map((context) => {
      const address = Context.get(context, HttpServer.HttpServer).address
      return HttpServer.formatAddress(address)
    }),
    Effect.provide([onFreePort, Logger.layer([])]),
  )

const get = (url: string, init?: RequestInit) =>
  Effect.promise(async () => {
    const response = await fetch(url, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text }
  })

const assertProblem = (answer: { status: number; headers: Headers; text: string }, status: number) => {
  assert.strictEqual(answer.status, status)
  assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
  const body = JSON.parse(answer.text) as Record<string, unknown>
  assert.strictEqual(body["status"], status)
  assert.isString(body["title"])
  return body
}

describe("HttpService", () => {
  it.live("answers an unknown path with a 404 problem", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      assertProblem(yield* get(`${url}/nothing`), 404)
      assertProblem(yield* get(`${url}/${"a".repeat(10_000)}`), 404)
    }),
  )

  it.live("answers a path that cannot be decoded with a 400 problem, whatever the method", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      for (const path of ["/things/%zz", "/things/%ff", "/%zz"]) {
        assertProblem(yield* get(url + path), 400)
        assertProblem(yield* get(url + path, { method: "DELETE" }), 400)
      }
    }),
  )

  it.live("answers an unknown method of a known path with a 405 problem and says which methods there are", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      const answer = yield* get(`${url}/things/1?x=1`, { method: "DELETE" })
      assertProblem(answer, 405)
      assert.strictEqual(answer.headers.get("allow"), "GET, HEAD, PUT")
      // The router looks no further at a parameter of this length, so the method is not what is wrong.
      assertProblem(yield* get(`${url}/things/${"1".repeat(200)}`), 404)
    }),
  )

  it.live("answers a defect with a 500 problem that tells nothing of its cause", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      const answer = yield* get(`${url}/defect`)
      assertProblem(answer, 500)
      assert.notInclude(answer.text, "swordfish")
    }),
  )

  it.live("turns an empty refusal into a problem and keeps its headers", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      const answer = yield* get(`${url}/bare`)
      assertProblem(answer, 415)
      assert.strictEqual(answer.headers.get("accept"), "application/json")
    }),
  )

  it.live("accepts a body of the limit and answers one byte more with a 413 problem", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      assert.strictEqual((yield* get(`${url}/echo`, { method: "POST", body: "a".repeat(1024) })).status, 200)
      assertProblem(yield* get(`${url}/echo`, { method: "POST", body: "a".repeat(1025) }), 413)
    }),
  )

  it.live("puts security headers and a request id on every answer, and lets a handler set its own", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      for (const path of ["/things/1", "/nothing", "/defect"]) {
        const { headers } = yield* get(url + path)
        assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
        assert.strictEqual(headers.get("referrer-policy"), "no-referrer")
        assert.include(headers.get("content-security-policy") ?? "", "default-src 'none'")
        assert.strictEqual(headers.get("cache-control"), "no-store")
        assert.match(headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/)
      }
      assert.strictEqual((yield* get(`${url}/own`)).headers.get("cache-control"), "public, max-age=60")
    }),
  )

  it.live("keeps a given request id if it is harmless", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      const id = (value: string) =>
        Effect.map(get(`${url}/things/1`, { headers: { "x-request-id": value } }), ({ headers }) => headers.get("x-request-id"))
      assert.strictEqual(yield* id("edge-0123456789"), "edge-0123456789")
      assert.notStrictEqual(yield* id("<script>alert(1)</script>"), "<script>alert(1)</script>")
    }),
  )

  it.live("answers what is not HTTP, and headers that are too large, with a problem", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      assert.match(yield* raw(url, "NONSENSE\r\n\r\n"), /^HTTP\/1.1 400 Bad Request\r\n[^]*^content-type: application\/problem\+json\r$/m)
      assert.match(yield* raw(url, `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(20_000)}\r\n\r\n`), /^HTTP\/1.1 431 /)
    }),
  )

  it.live("says alive while it is not ready", () =>
    Effect.gen(function* () {
      const url = yield* started(routes)
      assert.strictEqual((yield* get(`${url}/health/live`)).text, `{"status":"ok"}`)
      const answer = yield* get(`${url}/health/ready`)
      assertProblem(answer, 503)
      assert.strictEqual(answer.headers.get("retry-after"), "1")
    }),
  )

  it.live("finishes a running request when it is stopped, and accepts no new one", () =>
    Effect.gen(function* () {
      const arrived = yield* Deferred.make<void>()
      const release = yield* Deferred.make<void>()
      const slow = HttpRouter.add(
        "GET",
        "/slow",
        Deferred.succeed(arrived, undefined).pipe(
          Effect.andThen(Deferred.await(release)),
          Effect.as(HttpServerResponse.jsonUnsafe({ finished: true })),
        ),
      )
      const scope = yield* Scope.make()
      const url = yield* Scope.provide(started(slow), scope)
      const running = yield* Effect.forkChild(get(`${url}/slow`))
      yield* Deferred.await(arrived)
      const stopping = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      yield* Effect.yieldNow
      const refused = yield* Effect.exit(Effect.tryPromise(() => fetch(`${url}/slow`)))
      assert.isTrue(Exit.isFailure(refused))
      yield* Deferred.succeed(release, undefined)
      assert.strictEqual((yield* Fiber.join(running)).text, `{"finished":true}`)
      yield* Fiber.join(stopping)
    }),
  )
})
