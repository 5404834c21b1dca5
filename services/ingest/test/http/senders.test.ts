import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { pageview } from "../support/app.ts"
import { assertProblem, test } from "../support/asking.ts"
import { OTHER_PROJECT, OTHER_WRITE_KEY, PROJECT, READ_ONLY_KEY, SECRET_KEY, WRITE_KEY } from "../support/control-plane.ts"

describe("whose events these are", () => {
  test("without a key, with an unknown one, or with something else than a bearer token it is 401", (app) =>
    Effect.gen(function* () {
      const body = JSON.stringify({ events: [pageview()] })
      const without = yield* app.request("/v1/events", { method: "POST", body, headers: { "content-type": "application/json" } })
      assertProblem(without, 401)
      assert.strictEqual(without.headers.get("www-authenticate"), "Bearer")
      for (const authorization of ["Bearer ffw_nobodyhasthiskey0000000", "Bearer ", "Basic dXNlcjpwYXNz", WRITE_KEY]) {
        assertProblem(yield* app.post(body, { authorization }), 401)
      }
      assert.strictEqual(app.appended.appends.length, 0)
    }))

  test("events land in the project of the key, and nowhere else", (app) =>
    Effect.gen(function* () {
      yield* app.send([pageview()], { key: OTHER_WRITE_KEY })
      yield* app.post(JSON.stringify({ projectId: OTHER_PROJECT, events: [pageview({ projectId: OTHER_PROJECT })] }))
      assert.deepStrictEqual(
        app.groups().map(({ sender }) => sender.projectId),
        [OTHER_PROJECT, PROJECT],
      )
    }))

  test("the key in the Authorization header goes before the one in the body", (app) =>
    Effect.gen(function* () {
      yield* app.post(JSON.stringify({ key: OTHER_WRITE_KEY, events: [pageview()] }))
      assert.deepStrictEqual(
        app.groups().map(({ sender }) => sender.projectId),
        [PROJECT],
      )
    }))

  test("a revoked key is 401", (app) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* app.send([pageview()], { key: SECRET_KEY })).status, 202)
      app.known.keys.delete(SECRET_KEY)
      assertProblem(yield* app.send([pageview()], { key: SECRET_KEY }), 401)
    }))

  test("a secret key without the scope events:write may not send events", (app) =>
    Effect.gen(function* () {
      const answer = yield* app.send([pageview()], { key: READ_ONLY_KEY })
      assertProblem(answer, 403)
      assert.include(answer.json.detail, "events:write")
    }))

  test("only a secret key may report on behalf of others, and its own address and browser stay out of it", (app) =>
    Effect.gen(function* () {
      const context = { ip: "2001:DB8:0:0::7", userAgent: "Browser/9", visitorId: "customer 17" }
      const refused = yield* app.send([pageview(), pageview({ context })])
      assert.deepInclude(refused.json.refusals?.[0], { index: 1, reason: "secret_key_required", pointer: "/events/1/context" })
      yield* app.send([pageview({ context }), pageview({ context: { visitorId: "customer 18" } }), pageview({ context })], {
        key: SECRET_KEY,
      })
      const [, given, other] = app.groups()
      assert.deepInclude(given?.sender, { ip: "2001:db8::7", userAgent: "Browser/9", language: "" })
      assert.strictEqual(given?.events.length, 2)
      assert.isUndefined(given?.sender.previousVisitorId)
      assert.deepInclude(other?.sender, { ip: "", userAgent: "" })
      assert.notStrictEqual(given?.sender.visitorId, other?.sender.visitorId)
      assert.notInclude(JSON.stringify(app.groups()), "customer")
    }))

  test("forwarding headers are ignored, unless they come from a trusted proxy", (app) =>
    Effect.gen(function* () {
      yield* app.send([pageview()], { headers: { "x-forwarded-for": "203.0.113.7" } })
      assert.strictEqual(app.groups()[0]?.sender.ip, "127.0.0.1")
    }))

  test(
    "behind a trusted proxy the address is the one that the proxy saw, however the client forges the header",
    (app) =>
      Effect.gen(function* () {
        yield* app.send([pageview()], { headers: { "x-forwarded-for": "10.9.9.9, 198.51.100.1, 203.0.113.7, 10.0.0.2" } })
        assert.strictEqual(app.groups()[0]?.sender.ip, "203.0.113.7")
      }),
    { TRUSTED_PROXIES: "127.0.0.0/8, ::1, 10.0.0.0/8" },
  )
})
