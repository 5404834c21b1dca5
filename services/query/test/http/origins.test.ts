import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Running, WEB } from "../support/server.ts"

const credentials = JSON.stringify({ email: "nobody@example.com", password: "wrong password" })

layer(Running.layer, { excludeTestServices: true })("a page of another site", (it) => {
  const post = (path: string, headers: Record<string, string>, body: string | Uint8Array = credentials) =>
    Effect.flatMap(Running, ({ url }) =>
      Effect.promise(
        async () =>
          (await fetch(new URL(path, url), { method: "POST", headers, body: typeof body === "string" ? body : new Uint8Array(body) }))
            .status,
      ),
    )
  const json = { "content-type": "application/json" }

  it.effect("can neither sign in nor fail to, nor set up, in the name of its visitor", () =>
    Effect.gen(function* () {
      for (const path of ["/v1/sessions", "/v1/setup"])
        for (const headers of [
          { ...json, origin: "https://evil.example" },
          { ...json, origin: "null" },
          { ...json, "sec-fetch-site": "cross-site" },
        ])
          assert.strictEqual(yield* post(path, headers), 403, path)
      for (const path of ["/v1/sessions/", "/v1/%73essions", "/v1//sessions", "/V1/Sessions", "/v1/sessions;x", "/v1/sessions?x", "/v1/./sessions#x"])
        assert.include([403, 404], yield* post(path, { ...json, origin: "https://evil.example" }), path)
      assert.strictEqual(yield* post("/v1/sessions", { ...json, origin: new URL(WEB).origin }), 401)
      assert.strictEqual(yield* post("/v1/sessions", json), 401)
    }),
  )

  it.effect("cannot send a body without saying what it is, which needs no preflight", () =>
    Effect.gen(function* () {
      // Bytes, for which fetch names no type by itself.
      assert.strictEqual(yield* post("/v1/sessions", {}, new TextEncoder().encode(credentials)), 415)
      assert.strictEqual(yield* post("/v1/projects", {}, new TextEncoder().encode("{}")), 415)
      assert.strictEqual(yield* post("/v1/sessions", { "content-type": "text/plain" }), 415)
    }),
  )
})
