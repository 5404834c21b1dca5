import document from "@footfall/contracts/generated/openapi/ingest.json" with { type: "json" }
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

  test("client hints come along as the browser sent them, within bounds; a browser without them adds nothing", (app) =>
    Effect.gen(function* () {
      const hints = { "sec-ch-ua": `"Brave";v="143", "Not A(Brand";v="24"`, "sec-ch-ua-mobile": "?0", "sec-ch-ua-platform": `"Windows"` }
      const model = {
        "sec-ch-ua-model": `"SM-X710"`,
        "sec-ch-ua-platform-version": `"15.0.0"`,
        "sec-ch-ua-form-factors": `"Desktop"`,
      }
      const longest = Object.fromEntries(Object.keys({ ...hints, ...model }).map((name) => [name, "x".repeat(2_000)]))
      yield* app.send([pageview()], { headers: hints })
      yield* app.send([pageview()], { headers: { ...hints, ...model } })
      yield* app.send([pageview()], { headers: { "sec-ch-ua-full-version-list": `"Brave";v="143.1.2.3"` } })
      yield* app.send([pageview()], { headers: longest })
      yield* app.send([pageview()])
      const [low, high, full, long, none] = app.groups().map(({ sender }) => sender)
      assert.deepStrictEqual(low?.client, { brands: hints["sec-ch-ua"], mobile: "?0", platform: `"Windows"` })
      assert.deepStrictEqual(high?.client, {
        ...low?.client,
        platformVersion: `"15.0.0"`,
        model: `"SM-X710"`,
        formFactors: `"Desktop"`,
      })
      assert.deepStrictEqual(full?.client, { brands: `"Brave";v="143.1.2.3"` })
      for (const [key, { maxLength }] of Object.entries(document.components.schemas.ClientHints.properties))
        assert.strictEqual((long?.client as Record<string, string> | undefined)?.[key]?.length, maxLength, key)
      assert.notProperty(none, "client")
    }))

  test("what the page says of its browser counts for all its events, and makes nobody another visitor", (app) =>
    Effect.gen(function* () {
      const post = (client: unknown, headers = {}) => app.post(JSON.stringify({ client, events: [pageview(), pageview()] }), headers)
      yield* post({ touchPoints: 5, automated: false, unknown: "x" })
      yield* post({ touchPoints: 1 })
      yield* post({ automated: true }, { "sec-ch-ua": `"Brave";v="143"` })
      assert.deepStrictEqual(
        app.groups().map(({ sender, events }) => [sender.client, events.length]),
        [
          [{ multiTouch: true }, 2],
          [undefined, 2],
          [{ brands: `"Brave";v="143"`, automated: true }, 2],
        ],
      )
      assert.strictEqual(new Set(app.groups().map(({ sender }) => sender.visitorId)).size, 1)
      for (const client of [{ touchPoints: -1 }, { touchPoints: 1.5 }, { automated: "yes" }, 7]) assertProblem(yield* post(client), 400)
    }))

  test("a server passes on what it knows of a client, event by event; its own hints and those of its batch stay out of it", (app) =>
    Effect.gen(function* () {
      const clientHints = { brands: `"Brave";v="143"`, mobile: "?1" }
      const brave = { userAgent: "Browser/9", clientHints: { ...clientHints, more: [1] }, client: { touchPoints: 2 } }
      const events = [
        { context: brave },
        { context: { userAgent: "Browser/9" } },
        { context: brave },
        { context: { client: { automated: true } } },
        {},
      ]
      const body = JSON.stringify({ client: { automated: true }, events: events.map(pageview) })
      yield* app.post(body, { authorization: `Bearer ${SECRET_KEY}`, "sec-ch-ua": `"Opera";v="126"` })
      assert.deepStrictEqual(
        app.groups().map(({ sender, events }) => [sender.client, events.length]),
        [
          [{ ...clientHints, multiTouch: true }, 2],
          [undefined, 1],
          [{ automated: true }, 1],
          [undefined, 1],
        ],
      )
      assert.strictEqual(app.groups()[0]?.sender.visitorId, app.groups()[1]?.sender.visitorId)
    }))

  test("a server passes on the language of its visitors, as a tag or as their browser says it; its own stays out of it", (app) =>
    Effect.gen(function* () {
      const languages = ["de-AT,de;q=0.9,en;q=0.8", "pt-BR", "*", ""]
      const events = languages.map((language) => pageview({ context: { language } }))
      yield* app.send([...events, pageview({ context: {} })], { key: SECRET_KEY, headers: { "accept-language": "fr" } })
      assert.deepStrictEqual(
        app.groups().map(({ sender, events }) => [sender.language, events.length]),
        [
          ["de-AT", 1],
          ["pt-BR", 1],
          ["", 3],
        ],
      )
      assert.strictEqual(new Set(app.groups().map(({ sender }) => sender.visitorId)).size, 1)
    }))

  test("an IPv4 address that IPv6 carries is reported as that", (app) =>
    Effect.gen(function* () {
      yield* app.send([pageview({ context: { ip: "64:ff9b::808:808" } })], { key: SECRET_KEY })
      assert.strictEqual(app.groups()[0]?.sender.ip, "8.8.8.8")
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
