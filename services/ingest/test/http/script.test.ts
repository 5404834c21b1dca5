import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit } from "effect"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { SCRIPT, startApp } from "../support/app.ts"

describe("the tracker", () => {
  it.live("is served as the sdk built it, for any site, to be kept for an hour", () =>
    Effect.gen(function* () {
      const app = yield* startApp()
      const answer = yield* app.request("/script.js")
      assert.strictEqual(answer.status, 200)
      assert.strictEqual(answer.text, readFileSync(SCRIPT, "utf8"))
      assert.strictEqual(answer.headers.get("content-type"), "text/javascript; charset=utf-8")
      assert.include(answer.headers.get("cache-control") ?? "", "max-age=3600")
      assert.strictEqual(answer.headers.get("access-control-allow-origin"), "*")
      assert.strictEqual(answer.headers.get("cross-origin-resource-policy"), "cross-origin")
      assert.strictEqual(answer.headers.get("x-content-type-options"), "nosniff")
    }),
  )

  it.live("is not sent again to who has it", () =>
    Effect.gen(function* () {
      const app = yield* startApp()
      const etag = (yield* app.request("/script.js")).headers.get("etag") ?? ""
      assert.match(etag, /^W\/"[\w-]+"$/)
      for (const known of [etag, etag.slice(2), `"other", ${etag}`, "*"]) {
        const again = yield* app.request("/script.js", { headers: { "if-none-match": known } })
        assert.strictEqual(again.status, 304)
        assert.strictEqual(again.text, "")
        assert.strictEqual(again.headers.get("etag"), etag)
      }
      assert.strictEqual((yield* app.request("/script.js", { headers: { "if-none-match": `"other"` } })).status, 200)
    }),
  )

  it.live("is packed for who understands gzip, and plain for who does not", () =>
    Effect.gen(function* () {
      const app = yield* startApp()
      const encodingFor = (accepted: string) =>
        Effect.map(app.request("/script.js", { headers: { "accept-encoding": accepted } }), ({ headers }) =>
          headers.get("content-encoding"),
        )
      assert.strictEqual(yield* encodingFor("gzip, deflate, br"), "gzip")
      assert.strictEqual(yield* encodingFor("br;q=1, gzip;q=0.5"), "gzip")
      assert.strictEqual(yield* encodingFor("*"), "gzip")
      assert.isNull(yield* encodingFor("identity"))
      assert.isNull(yield* encodingFor("*, gzip;q=0.0"))
      assert.isNull(yield* encodingFor("gzip;q=0, identity"))
    }),
  )

  it.live("has an address that never changes, for tags that name its hash; another hash is told which one it is", () =>
    Effect.gen(function* () {
      const app = yield* startApp()
      const { file, integrity } = JSON.parse((yield* app.request("/script.json")).text) as {
        readonly file: string
        readonly integrity: string
      }
      const bytes = readFileSync(SCRIPT)
      assert.strictEqual(integrity, `sha384-${createHash("sha384").update(bytes).digest("base64")}`)
      const answer = yield* app.request(`/${file}`)
      assert.deepStrictEqual([answer.status, answer.text], [200, bytes.toString("utf8")])
      assert.strictEqual(answer.headers.get("cache-control"), "public, max-age=31536000, immutable")
      assert.strictEqual(answer.headers.get("access-control-allow-origin"), "*")
      assert.strictEqual(answer.headers.get("content-type"), "text/javascript; charset=utf-8")
      const older = yield* app.request("/script.0123456789abcdef.js")
      assert.strictEqual(older.status, 404)
      assert.include(older.text, file)
      for (const path of ["/script.x.js", "/script..js", "/script.0123456789abcdefg.js", `/${file}x`])
        assert.include([400, 404], (yield* app.request(path)).status, path)
    }),
  )

  it.live("is needed at the start, and its absence is told plainly", () =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(startApp({ SDK_SCRIPT: "/nowhere/script.js" }))
      assert.isTrue(Exit.isFailure(exit))
      if (Exit.isFailure(exit)) assert.include(Cause.pretty(exit.cause), "The tracker cannot be read from /nowhere/script.js")
    }),
  )
})
