import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Running } from "../support/server.ts"

layer(Running.layer, { excludeTestServices: true })("projects", (it) => {
  it.effect("are created, found under their Location and listed by name, whatever they are called", () =>
    Effect.gen(function* () {
      const { ask, owner: token } = yield* Running
      const names = [
        "Zebra",
        "a'); DROP TABLE projects; --",
        'quote " back \\ slash',
        "👩‍👩‍👧 Familie",
        "<script>alert(1)</script>",
        "x".repeat(100),
        "😀".repeat(100),
      ]
      for (const name of names) {
        const made = yield* ask("POST", "/v1/projects", { token, body: { name, timeZone: "Asia/Kolkata", domain: "Shop.Example.COM" } })
        assert.strictEqual(made.status, 201, name)
        const { body } = made
        assert.deepStrictEqual([body.name, body.timeZone, body.domain], [name, "Asia/Kolkata", "shop.example.com"])
        assert.match(body.id, /^[1-9][0-9]{0,14}$/)
        assert.match(body.writeKey, /^ffw_[0-9A-Za-z]{22}$/)
        assert.strictEqual(made.headers.get("location"), `/v1/projects/${body.id}`)
        assert.deepStrictEqual((yield* ask("GET", `/v1/projects/${body.id}`, { token })).body, body)
      }
      const { body } = yield* ask("GET", "/v1/projects", { token })
      assert.deepStrictEqual(new Set(body.projects.map(({ name }: { name: string }) => name)), new Set(names))
      const position = (start: string) => body.projects.findIndex(({ name }: { name: string }) => name.startsWith(start))
      assert.isBelow(position("xxx"), position("Zebra"), "letter case does not matter")
      assert.isBelow(position("a')"), position("xxx"))
      const without = yield* ask("POST", "/v1/projects", { token, body: { name: "n", timeZone: "UTC" } })
      assert.isNull(without.body.domain)
    }),
  )

  it.effect("keep the parameters of addresses that they are told to", () =>
    Effect.gen(function* () {
      const { ask, owner: token } = yield* Running
      const made = yield* ask("POST", "/v1/projects", { token, body: { name: "k", timeZone: "UTC", keptParameters: ["Plan"] } })
      assert.deepStrictEqual(made.body.keptParameters, ["plan"])
      const path = `/v1/projects/${made.body.id}`
      const changed = yield* ask("PATCH", path, { token, body: { keptParameters: ["tab", "Size"] } })
      assert.deepStrictEqual([changed.status, changed.body], [200, { ...made.body, keptParameters: ["tab", "size"] }])
      assert.deepStrictEqual((yield* ask("PATCH", path, { token, body: {} })).body, changed.body)
      assert.deepStrictEqual((yield* ask("GET", path, { token })).body, changed.body)
      const many = Array.from({ length: 21 }, (_, index) => `p${index}`)
      for (const keptParameters of [many, ["a b"], ["x".repeat(65)], [""], "plan"])
        assert.strictEqual((yield* ask("PATCH", path, { token, body: { keptParameters } })).status, 400)
      const identifying = { keptParameters: ["plan", "access_token", "Email", "_ga"] }
      for (const answer of [
        yield* ask("PATCH", path, { token, body: identifying }),
        yield* ask("POST", "/v1/projects", { token, body: { name: "k", timeZone: "UTC", ...identifying } }),
      ]) {
        assert.strictEqual(answer.status, 400)
        const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)
        assert.deepStrictEqual(pointers, ["/keptParameters/1", "/keptParameters/2", "/keptParameters/3"])
      }
      assert.deepStrictEqual((yield* ask("GET", path, { token })).body, changed.body)
    }),
  )

  it.effect("are refused with a pointer to what is wrong", () =>
    Effect.gen(function* () {
      const { ask, owner: token } = yield* Running
      const good = { name: "n", timeZone: "UTC" }
      const wrong: ReadonlyArray<readonly [unknown, string]> = [
        [{ ...good, name: "nul\u0000" }, "/name"],
        [{ ...good, name: "" }, "/name"],
        [{ ...good, name: "😀".repeat(101) }, "/name"],
        [{ ...good, timeZone: "Mars/Olympus" }, "/timeZone"],
        [{ ...good, timeZone: "+02:00" }, "/timeZone"],
        [{ ...good, timeZone: "UTC\u0000" }, "/timeZone"],
        [{ ...good, timeZone: "" }, "/timeZone"],
        [{ ...good, domain: "not a host" }, "/domain"],
        [{ ...good, domain: "https://example.com" }, "/domain"],
        [{ ...good, owner: "me" }, "/owner"],
        [{ name: "n" }, "/timeZone"],
      ]
      for (const [body, pointer] of wrong) {
        const answer = yield* ask("POST", "/v1/projects", { token, body })
        assert.strictEqual(answer.status, 400, JSON.stringify(body).slice(0, 100))
        assert.deepStrictEqual(answer.body.errors.map((error: { in: string; pointer: string }) => [error.in, error.pointer])[0], [
          "body",
          pointer,
        ])
      }
      for (const id of ["0", "01", "abc", "-1", "9999999999999999", "7'", "7%00"]) {
        const answer = yield* ask("GET", `/v1/projects/${id}`, { token })
        assert.strictEqual(answer.status, 400, id)
        assert.deepStrictEqual([answer.body.errors[0].in, answer.body.errors[0].pointer], ["path", "/projectId"])
      }
      assert.strictEqual((yield* ask("GET", "/v1/projects/999999999999999", { token })).status, 404)
    }),
  )
})

layer(Running.layer, { excludeTestServices: true })("secret keys", (it) => {
  it.effect("show their secret once and are worthless when revoked", () =>
    Effect.gen(function* () {
      const { ask, owner: token, project } = yield* Running
      const { id } = yield* project()
      const other = yield* project()
      const path = `/v1/projects/${id}/secret-keys`
      const made = yield* ask("POST", path, { token, body: { name: "CI 'ü' 🚀", scopes: ["projects:read"] } })
      assert.strictEqual(made.status, 201)
      const { secret, secretKey } = made.body
      assert.match(secret, /^ffs_[0-9A-Za-z_-]{43}$/)
      assert.deepStrictEqual([secretKey.prefix, secretKey.name, secretKey.scopes], [secret.slice(0, 8), "CI 'ü' 🚀", ["projects:read"]])
      const listed = yield* ask("GET", path, { token })
      assert.deepStrictEqual(listed.body, { secretKeys: [secretKey] })
      assert.notInclude(listed.text, secret.slice(8))
      assert.strictEqual((yield* ask("GET", `/v1/projects/${id}`, { token: secret })).status, 200)
      assert.strictEqual((yield* ask("DELETE", `/v1/projects/${other.id}/secret-keys/${secretKey.id}`, { token })).status, 404)
      assert.strictEqual((yield* ask("DELETE", `${path}/${secretKey.id}`, { token })).status, 204)
      assert.strictEqual((yield* ask("GET", `/v1/projects/${id}`, { token: secret })).status, 401)
      assert.strictEqual((yield* ask("DELETE", `${path}/${secretKey.id}`, { token })).status, 404)
    }),
  )

  it.effect("need a name and at least one scope that exists, once", () =>
    Effect.gen(function* () {
      const { ask, owner: token, project } = yield* Running
      const path = `/v1/projects/${(yield* project()).id}/secret-keys`
      for (const body of [
        { name: "k", scopes: [] },
        { name: "k", scopes: ["projects:write"] },
        { name: "k", scopes: ["stats:read", "stats:read"] },
        { scopes: ["stats:read"] },
        { name: "k", scopes: "stats:read" },
      ])
        assert.strictEqual((yield* ask("POST", path, { token, body })).status, 400, JSON.stringify(body))
      assert.deepStrictEqual((yield* ask("GET", path, { token })).body, { secretKeys: [] })
      assert.strictEqual((yield* ask("DELETE", `${path}/not-a-uuid`, { token })).status, 400)
    }),
  )
})
