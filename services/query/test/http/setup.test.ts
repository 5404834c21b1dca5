import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { place } from "../support/place.ts"
import { fresh, OWNER, start } from "../support/server.ts"

describe("the first run", () => {
  it.live("makes one owner, also when eight ask at once, and signs them in", () =>
    Effect.gen(function* () {
      const { ask } = yield* fresh
      assert.deepStrictEqual((yield* ask("GET", "/v1/setup")).body, { needed: true })
      const attempts = Array.from({ length: 8 }, (_, index) =>
        ask("POST", "/v1/setup", { body: { ...OWNER, email: `Owner${index}@Example.COM` } }),
      )
      const answers = yield* Effect.all(attempts, { concurrency: 8 })
      assert.deepStrictEqual(answers.map(({ status }) => status).sort(), [201, ...Array.from({ length: 7 }, () => 409)])
      const { body } = answers.find(({ status }) => status === 201) ?? { body: undefined }
      assert.match(body.user.email, /^owner\d+@example\.com$/)
      assert.strictEqual(body.user.role, "owner")
      assert.isAbove(Date.parse(body.expiresAt), Date.now() + 6 * 86_400_000)
      assert.deepStrictEqual((yield* ask("GET", "/v1/sessions/current", { token: body.token })).body, body.user)
      assert.deepStrictEqual((yield* ask("GET", "/v1/setup")).body, { needed: false })
      const again = yield* ask("POST", "/v1/sessions", { body: { email: body.user.email.toUpperCase(), password: OWNER.password } })
      assert.strictEqual(again.status, 201)
      assert.strictEqual(again.body.user.id, body.user.id)
    }).pipe(Effect.scoped),
  )

  it.live("is only for a person who has the set-up code, in any case and with or without hyphens", () =>
    Effect.gen(function* () {
      const { ask, env } = yield* fresh
      for (const setupCode of ["ABCDE-FGHIJ-KLMNP", "ABCDE", "-", "ABCDE-FGHIJ-KLMNO0", "\u0000"]) {
        const refused = yield* ask("POST", "/v1/setup", { body: { ...OWNER, setupCode } })
        assert.strictEqual(refused.status, 403, setupCode)
        assert.strictEqual(refused.body.detail, "Wrong set-up code.")
      }
      const closed = yield* start(Object.fromEntries(Object.entries(env).filter(([name]) => name !== "SETUP_CODE")))
      const refused = yield* closed.ask("POST", "/v1/setup", { body: OWNER })
      assert.strictEqual(refused.status, 403)
      assert.include(refused.body.detail, "Set SETUP_CODE")
      assert.deepStrictEqual((yield* ask("GET", "/v1/setup")).body, { needed: true })
      assert.strictEqual((yield* ask("POST", "/v1/setup", { body: { ...OWNER, setupCode: "abcdefghij klmno" } })).status, 201)
    }).pipe(Effect.scoped),
  )

  it.live("hears twenty wrong codes from a network, then none for a while; others are not kept waiting", () =>
    Effect.gen(function* () {
      const { ask } = yield* fresh
      const attempt = (setupCode: string, address: string) =>
        ask("POST", "/v1/setup", { body: { ...OWNER, setupCode }, headers: { "x-forwarded-for": address } })
      for (let index = 0; index < 20; index++) assert.strictEqual((yield* attempt(`ABCDE-FGHIJ-${index}`, "203.0.113.5")).status, 403)
      const refused = yield* attempt(OWNER.setupCode, "203.0.113.5")
      assert.strictEqual(refused.status, 429)
      assert.isAtLeast(Number(refused.headers.get("retry-after")), 1)
      assert.strictEqual((yield* attempt(OWNER.setupCode, "203.0.113.6")).status, 201)
    }).pipe(Effect.scoped),
  )

  it.live("does not start with a set-up code that can be guessed", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(start({ ...(yield* place), SETUP_CODE: "guess-me" }))
      assert.include(String(failure), "SETUP_CODE must have at least 12 letters and digits")
    }).pipe(Effect.scoped),
  )

  it.live("says what is wrong and leaves the instance without an owner", () =>
    Effect.gen(function* () {
      const { ask } = yield* fresh
      const wrong: ReadonlyArray<readonly [unknown, ReadonlyArray<string>]> = [
        [{}, ["/email", "/name", "/password", "/setupCode"]],
        [{ ...OWNER, password: "123456789" }, ["/password"]],
        [{ ...OWNER, password: "x".repeat(129) }, ["/password"]],
        [{ ...OWNER, name: "" }, ["/name"]],
        [{ ...OWNER, name: "a\u0000b" }, ["/name"]],
        [{ ...OWNER, name: 7 }, ["/name"]],
        [{ ...OWNER, email: "not an address" }, ["/email"]],
        [{ ...OWNER, email: "a@b" }, ["/email"]],
        [{ ...OWNER, email: "a\u0000@example.com" }, ["/email"]],
        [{ ...OWNER, email: `${"x".repeat(250)}@example.com` }, ["/email"]],
        [{ ...OWNER, role: "owner" }, ["/role"]],
        [{ ...OWNER, setupCode: "" }, ["/setupCode"]],
        [{ ...OWNER, setupCode: "x".repeat(201) }, ["/setupCode"]],
        [[], [""]],
        ["null", [""]],
      ]
      for (const [body, pointers] of wrong) {
        const answer = yield* ask("POST", "/v1/setup", { body })
        assert.strictEqual(answer.status, 400, JSON.stringify(body).slice(0, 100))
        assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
        assert.deepStrictEqual(
          answer.body.errors.map((error: { pointer: string }) => error.pointer).sort(),
          pointers,
          JSON.stringify(body).slice(0, 100),
        )
        for (const error of answer.body.errors) assert.strictEqual(error.in, "body")
      }
      const malformed = yield* ask("POST", "/v1/setup", { body: "{ not json" })
      assert.strictEqual(malformed.status, 400)
      assert.deepStrictEqual(malformed.body.errors, [
        {
          in: "body",
          pointer: "",
          message: "Invalid JSON at position 2 (line 1, column 3): expected a property name in double quotes",
        },
      ])
      assert.strictEqual(
        (yield* ask("POST", "/v1/setup", { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } })).status,
        415,
      )
      assert.strictEqual((yield* ask("POST", "/v1/setup", { body: { ...OWNER, name: "x".repeat(70_000) } })).status, 413)
      assert.deepStrictEqual((yield* ask("GET", "/v1/setup")).body, { needed: true })
    }).pipe(Effect.scoped),
  )
})
