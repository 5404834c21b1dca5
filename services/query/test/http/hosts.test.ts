import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { request } from "node:http"
import { Running, start, WEB } from "../support/server.ts"

/** Asks for a path under any host name; fetch would send its own. */
const under = (url: string, host: string, path = "/v1/setup", method = "GET") =>
  Effect.callback<{ readonly status: number; readonly type: string; readonly body: string }>((resume) => {
    const asked = request(new URL(path, url), { method, headers: { host } }, (response) => {
      let body = ""
      response.setEncoding("utf8").on("data", (part: string) => (body += part))
      response.on("end", () =>
        resume(Effect.succeed({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", body })),
      )
    })
    asked.on("error", (cause) => resume(Effect.die(cause)))
    asked.end()
  })

layer(Running.layer, { excludeTestServices: true })("a host name", (it) => {
  it.effect("that is nobody's is answered 421 everywhere, so a page that made its name point here reads nothing", () =>
    Effect.gen(function* () {
      const { url } = yield* Running
      for (const host of [
        "evil.example",
        "evil.example:3002",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "localhost@evil",
      ])
        for (const [path, method] of [
          ["/v1/setup", "GET"],
          ["/v1/sessions", "POST"],
          ["/v1/projects", "OPTIONS"],
          ["/docs", "GET"],
          ["/nowhere", "GET"],
        ] as const) {
          const answer = yield* under(url, host, path, method)
          assert.deepStrictEqual([answer.status, answer.type], [421, "application/problem+json"], `${host} ${method} ${path}`)
          assert.include(JSON.parse(answer.body).detail, "ALLOWED_HOSTS")
        }
    }),
  )

  it.effect("of this machine, of WEB_URL, of QUERY_URL and of ALLOWED_HOSTS is answered, with any port; health under every one", () =>
    Effect.gen(function* () {
      const { env, url } = yield* Running
      for (const host of ["localhost", "LOCALHOST:81", "127.0.0.1:3002", "[::1]:9", "[::1]", new URL(WEB).host])
        assert.strictEqual((yield* under(url, host)).status, 200, host)
      for (const path of ["/health/live", "/health/ready"]) assert.strictEqual((yield* under(url, "10.1.2.3:3002", path)).status, 200)
      assert.strictEqual((yield* under(url, "api.example.com")).status, 421)
      const known = yield* start({ ...env, QUERY_URL: "https://api.example.com", ALLOWED_HOSTS: "query.internal, 10.1.2.3:3002" })
      for (const host of ["api.example.com", "api.example.com:443", "query.internal:3002", "10.1.2.3"])
        assert.strictEqual((yield* under(known.url, host)).status, 200, host)
    }).pipe(Effect.scoped),
  )
})
