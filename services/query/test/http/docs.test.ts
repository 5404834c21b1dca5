import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { makeDocsScript } from "../../src/http/docsScript.ts"
import { Running, start, WEB } from "../support/server.ts"
import { parse } from "yaml"

layer(Running.layer, { excludeTestServices: true })("the documentation", (it) => {
  it.effect("is a page that asks this instance only", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const page = yield* ask("GET", "/docs")
      assert.strictEqual(page.headers.get("content-type"), "text/html; charset=utf-8")
      const policy = page.headers.get("content-security-policy") ?? ""
      assert.include(policy, "default-src 'none'")
      assert.include(policy, "script-src 'self';")
      assert.notMatch(policy, /https?:|\*|unsafe-eval/)
      assert.notMatch(page.text, /https?:\/\//)
      assert.notMatch(page.text, /<script>|<script [^>]*>[^<]/)
      const configuration = JSON.parse((/data-configuration="([^"]*)"/.exec(page.text)?.[1] ?? "").replaceAll("&quot;", '"'))
      for (const { url } of configuration.sources) assert.strictEqual((yield* ask("GET", url)).status, 200)
      const script = yield* ask("GET", /<script src="([^"]*)"/.exec(page.text)?.[1] ?? "")
      assert.strictEqual(script.headers.get("content-type"), "text/javascript; charset=utf-8")
      assert.strictEqual(script.headers.get("content-encoding"), "gzip")
      assert.isAbove(script.text.length, 1_000_000)
      for (const coding of ["gzip;q=0", "gzip;q=0, *", "deflate, gzip;q=0.0", "br"]) {
        const refused = yield* ask("GET", "/docs/assets/reference.js", { headers: { "accept-encoding": coding } })
        assert.isNull(refused.headers.get("content-encoding"), coding)
      }
      for (const coding of ["gzip;q=0.5", "br, *", "deflate;q=0,GZIP"]) {
        const taken = yield* ask("GET", "/docs/assets/reference.js", { headers: { "accept-encoding": coding } })
        assert.strictEqual(taken.headers.get("content-encoding"), "gzip", coding)
      }
      const plain = yield* ask("GET", "/docs/assets/reference.js", { headers: { "accept-encoding": "identity" } })
      assert.strictEqual(plain.text, script.text)
      assert.isNull(plain.headers.get("content-encoding"))
    }),
  )

  it.effect("has a script that a browser keeps, and asks about instead of loading it again", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const get = (headers: Readonly<Record<string, string>>) => ask("GET", "/docs/assets/reference.js", { headers })
      const tag = (yield* get({})).headers.get("etag") ?? ""
      assert.match(tag, /^W\/"[\w-]{43}"$/)
      for (const known of [tag, tag.slice(2), `"other", ${tag}`, "*"]) {
        const kept = yield* get({ "if-none-match": known })
        assert.deepStrictEqual([kept.status, kept.text, kept.headers.get("etag")], [304, "", tag], known)
        assert.include(kept.headers.get("cache-control") ?? "", "immutable")
      }
      assert.strictEqual((yield* get({ "if-none-match": `"other"` })).status, 200)
    }),
  )

  it.effect("has the bytes of its script in memory once, however many read them", () =>
    Effect.gen(function* () {
      const answer = makeDocsScript()
      for (const coding of ["gzip", "identity"]) {
        const request = HttpServerRequest.fromWeb(new Request("http://localhost/", { headers: { "accept-encoding": coding } }))
        const [one, other] = yield* Effect.all([answer(request), answer(request)], { concurrency: 2 })
        const later = yield* answer(request)
        const bytes = [one, other, later].map(({ body }) => (body._tag === "Uint8Array" ? body.body : undefined))
        assert.isAbove(bytes[0]?.length ?? 0, 500_000)
        assert.isTrue(
          bytes.every((each) => each === bytes[0]),
          coding,
        )
      }
    }),
  )

  it.effect("has each specification with the address of this installation, and no other file", () =>
    Effect.gen(function* () {
      const { ask, env } = yield* Running
      for (const name of ["ingest", "analytics", "management"]) {
        const { body } = yield* ask("GET", `/docs/openapi/${name}.json`)
        assert.strictEqual(body.openapi, "3.1.0")
        const yaml = yield* ask("GET", `/docs/openapi/${name}.yaml`)
        assert.strictEqual(yaml.headers.get("content-type"), "application/yaml")
        assert.deepStrictEqual(parse(yaml.text), body)
      }
      for (const name of ["shared.json", "..%2fanalytics.json", "analytics.yml", "shared.yaml"])
        assert.strictEqual((yield* ask("GET", `/docs/openapi/${name}`)).status, 400, name)
      const public_ = yield* start({ ...env, QUERY_URL: "https://api.example.com/", INGEST_URL: "https://in.example.com/stats" })
      assert.deepStrictEqual((yield* public_.ask("GET", "/docs/openapi/analytics.json")).body.servers, [{ url: "https://api.example.com" }])
      assert.deepStrictEqual((yield* public_.ask("GET", "/docs/openapi/ingest.json")).body.servers, [
        { url: "https://in.example.com/stats" },
      ])
      assert.include(
        (yield* public_.ask("GET", "/docs")).headers.get("content-security-policy") ?? "",
        "connect-src 'self' https://in.example.com https://api.example.com;",
      )
    }).pipe(Effect.scoped),
  )
})

layer(Running.layer, { excludeTestServices: true })("other origins", (it) => {
  it.effect("read nothing, except the dashboard's, and never with the browser's credentials", () =>
    Effect.gen(function* () {
      const { ask, env } = yield* Running
      const allowed = (answer: { headers: Headers }) => answer.headers.get("access-control-allow-origin")
      for (const origin of ["https://evil.example", `${WEB}.evil.example`, "null", WEB.replace("https", "http"), `${WEB}:444`]) {
        assert.isNull(allowed(yield* ask("GET", "/v1/setup", { headers: { origin } })), origin)
        assert.isNull(
          allowed(yield* ask("OPTIONS", "/v1/projects", { headers: { origin, "access-control-request-method": "GET" } })),
          origin,
        )
      }
      for (const answer of [
        yield* ask("GET", "/v1/setup", { headers: { origin: WEB } }),
        yield* ask("GET", "/v1/projects", { headers: { origin: WEB } }),
        yield* ask("OPTIONS", "/v1/projects", {
          headers: { origin: WEB, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
        }),
      ]) {
        assert.strictEqual(allowed(answer), WEB)
        assert.isNull(answer.headers.get("access-control-allow-credentials"))
        assert.include(answer.headers.get("vary") ?? "", "Origin")
      }
      const alone = yield* start({ ...env, WEB_URL: "" })
      for (const origin of [WEB, "null", ""]) assert.isNull(allowed(yield* alone.ask("GET", "/v1/setup", { headers: { origin } })))
    }).pipe(Effect.scoped),
  )

  it.effect("find the security headers on every answer, and problems instead of bare statuses", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      for (const [method, path, status] of [
        ["GET", "/v1/setup", 200],
        ["GET", "/nowhere", 404],
        ["PUT", "/v1/projects", 405],
        ["GET", "/v1/projects", 401],
      ] as const) {
        const answer = yield* ask(method, path)
        assert.strictEqual(answer.status, status, path)
        assert.strictEqual(answer.headers.get("x-content-type-options"), "nosniff")
        assert.strictEqual(answer.headers.get("referrer-policy"), "no-referrer")
        assert.strictEqual(answer.headers.get("cross-origin-resource-policy"), "same-origin")
        assert.include(answer.headers.get("content-security-policy") ?? "", "default-src 'none'")
        assert.strictEqual(answer.headers.get("cache-control"), "no-store")
        if (status >= 400) assert.strictEqual(answer.body.status, status)
      }
    }),
  )
})
