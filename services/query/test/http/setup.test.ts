import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fresh, OWNER } from "../support/server.ts"

describe("the first run", () => {
  it.live("makes one owner, also when twenty ask at once, and signs him in", () =>
    Effect.gen(function* () {
      const { ask } = yield* fresh
      assert.deepStrictEqual((yield* ask("GET", "/v1/setup")).body, { needed: true })
      const attempts = Array.from({ length: 20 }, (_, index) =>
        ask("POST", "/v1/setup", { body: { ...OWNER, email: `Owner${index}@Example.COM` } }),
      )
      const answers = yield* Effect.all(attempts, { concurrency: 20 })
      assert.deepStrictEqual(answers.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 409)])
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

  it.live("says what is wrong and leaves the instance without an owner", () =>
    Effect.gen(function* () {
      const { ask } = yield* fresh
      const wrong: ReadonlyArray<readonly [unknown, ReadonlyArray<string>]> = [
        [{}, ["/email", "/name", "/password"]],
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
      assert.strictEqual((yield* ask("POST", "/v1/setup", { body: "{ not json" })).status, 400)
      assert.strictEqual(
        (yield* ask("POST", "/v1/setup", { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } })).status,
        415,
      )
      assert.strictEqual((yield* ask("POST", "/v1/setup", { body: { ...OWNER, name: "x".repeat(70_000) } })).status, 413)
      assert.deepStrictEqual((yield* ask("GET", "/v1/setup")).body, { needed: true })
    }).pipe(Effect.scoped),
  )
})
