import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { pageview } from "../support/app.ts"
import { assertInvalid, test } from "../support/asking.ts"
import { PROJECT } from "../support/control-plane.ts"

describe("accepting events", () => {
  test("what is answered 202 is on the log", (app) =>
    Effect.gen(function* () {
      const id = "0199A0A0-1111-7222-8333-444455556666"
      const answer = yield* app.send([
        pageview({ id, title: "Home", referrer: "https://news.example/" }),
        { kind: "event", name: "sign up", properties: { plan: "pro" } },
      ])
      assert.deepStrictEqual([answer.status, answer.json], [202, { accepted: 2, refused: 0, refusals: [] }])
      const [first, second] = app.events()
      assert.deepInclude(first, {
        id: id.toLowerCase(),
        kind: "pageview",
        name: "",
        url: "https://example.com/",
        title: "Home",
        referrer: "https://news.example/",
      })
      assert.deepInclude(second, { kind: "event", name: "sign up", url: "", properties: { plan: "pro" } })
      assert.match(second?.id ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.isBelow(Math.abs((first?.at ?? 0) - Date.now()), 5_000)
    }))

  test("the sender goes with the events: address, browser, language, and the same visitor each time", (app) =>
    Effect.gen(function* () {
      const headers = { "user-agent": "Browser/1", "accept-language": "de-CH,de;q=0.9,en;q=0.5" }
      yield* app.send([pageview()], { headers })
      yield* app.send([pageview()], { headers })
      yield* app.send([pageview()], { headers: { ...headers, "user-agent": "Browser/2" } })
      const [first, second, third] = app.groups().map(({ sender }) => sender)
      assert.deepInclude(first, { projectId: PROJECT, ip: "127.0.0.1", userAgent: "Browser/1", language: "de-CH" })
      assert.match(first?.visitorId ?? "", /^\d{1,20}$/)
      assert.notStrictEqual(first?.visitorId, first?.previousVisitorId)
      assert.deepStrictEqual(second, first)
      assert.notStrictEqual(third?.visitorId, first?.visitorId)
    }))

  test("one bad event does not hold back the others", (app) =>
    Effect.gen(function* () {
      const answer = yield* app.send([
        pageview(),
        pageview({ url: 7 }),
        { kind: "purchase" },
        "no object",
        pageview({ url: `https://example.com/${"x".repeat(10_000)}` }),
        pageview({ url: "https://example.com/last" }),
      ])
      assert.strictEqual(answer.status, 202)
      assert.deepInclude(answer.json, { accepted: 2, refused: 4 })
      assert.deepStrictEqual(
        answer.json.refusals?.map(({ index, reason, pointer }) => [index, reason, pointer]),
        [
          [1, "invalid", "/events/1/url"],
          [2, "invalid", "/events/2/kind"],
          [3, "invalid", "/events/3"],
          [4, "invalid", "/events/4/url"],
        ],
      )
      assert.deepStrictEqual(
        app.events().map(({ url }) => url),
        ["https://example.com/", "https://example.com/last"],
      )
    }))

  test("500 events are a batch, 501 are refused as a whole, and so is none", (app) =>
    Effect.gen(function* () {
      const events = (count: number) => Array.from({ length: count }, () => pageview())
      assert.deepInclude((yield* app.send(events(500))).json, { accepted: 500 })
      assertInvalid(yield* app.send(events(501)), "/events", /at most 500 items/)
      assertInvalid(yield* app.send([]), "/events", /at least 1 item/)
      assert.strictEqual(app.events().length, 500)
    }))

  test("when no event is acceptable the answer is 400 with every refusal", (app) =>
    Effect.gen(function* () {
      const answer = yield* app.send([pageview({ url: "ftp://example.com/" }), pageview({ context: { visitorId: "somebody" } })])
      assertInvalid(answer, "/events/0/url", /./)
      assert.deepInclude(answer.json.errors?.[1], { in: "body", pointer: "/events/1/context" })
      assert.strictEqual(app.appended.appends.length, 0)
    }))

  test("emoji are fine everywhere; half of one becomes U+FFFD; NUL is refused by its pointer", (app) =>
    Effect.gen(function* () {
      const all = {
        title: "🦊",
        referrer: "https://🦊.example/🦊",
        url: "https://example.com/🦊?q=🦊",
        properties: { "🦊": ["🦊", { "👩‍👩‍👧": "🦊" }] },
      }
      const whole = yield* app.send([{ kind: "event", name: "🦊", ...all }])
      assert.deepInclude(whole.json, { accepted: 1 })
      assert.deepInclude(app.events()[0], {
        name: "🦊",
        title: "🦊",
        url: "https://example.com/%F0%9F%A6%8A?q=%F0%9F%A6%8A",
        properties: all.properties,
      })
      const half = yield* app.post(
        String.raw`{"events":[{"kind":"event","name":"a\ud83e","title":"\udd8a","url":"https://example.com/\ud83e","referrer":"\ud83e","properties":{"k\ud83e":["\udd8a"]}}]}`,
      )
      assert.deepInclude(half.json, { accepted: 1 })
      assert.deepInclude(app.events()[1], {
        name: "a\ufffd",
        title: "\ufffd",
        referrer: "\ufffd",
        url: "https://example.com/%EF%BF%BD",
        properties: { "k\ufffd": ["\ufffd"] },
      })
      for (const [changes, pointer] of [
        [{ title: "a\0b" }, "/title"],
        [{ url: "https://example.com/\0" }, "/url"],
        [{ referrer: "\0" }, "/referrer"],
        [{ kind: "event", name: "\0" }, "/name"],
        [{ properties: { a: { b: ["\0"] } } }, "/properties/a/b/0"],
        [{ properties: { a: { "x\0": 1 } } }, "/properties/a"],
      ] as const)
        assertInvalid(yield* app.send([pageview(changes)]), `/events/0${pointer}`, /./)
    }))

  test("keys that JavaScript treats specially are ordinary keys", (app) =>
    Effect.gen(function* () {
      const answer = yield* app.post(
        `{"__proto__":{"events":[]},"events":[{"kind":"pageview","url":"https://example.com/","__proto__":{"title":"x"},"constructor":1,"properties":{"__proto__":{"polluted":true},"constructor":{"prototype":1},"toString":"x"}}]}`,
      )
      assert.deepInclude(answer.json, { accepted: 1 })
      const [event] = app.events()
      assert.strictEqual(JSON.stringify(event?.properties), `{"__proto__":{"polluted":true},"constructor":{"prototype":1},"toString":"x"}`)
      assert.strictEqual(event?.title, "")
      assert.isUndefined((Object.prototype as Record<string, unknown>)["polluted"])
    }))
})

describe("the address of the operation", () => {
  test("another method is 405 with Allow", (app) =>
    Effect.gen(function* () {
      for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
        const answer = yield* app.request("/v1/events", { method })
        assert.strictEqual(answer.status, 405)
        assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
        assert.strictEqual(answer.headers.get("allow"), "OPTIONS, POST")
      }
    }))

  test("a browser of any site may send, without credentials", (app) =>
    Effect.gen(function* () {
      const answer = yield* app.request("/v1/events", {
        method: "OPTIONS",
        headers: { origin: "https://a.example", "access-control-request-method": "POST" },
      })
      assert.strictEqual(answer.status, 204)
      assert.strictEqual(answer.headers.get("access-control-allow-origin"), "*")
      assert.isNull(answer.headers.get("access-control-allow-credentials"))
      assert.strictEqual(answer.headers.get("access-control-allow-methods"), "POST")
      assert.include(answer.headers.get("access-control-allow-headers") ?? "", "authorization")
      assert.strictEqual((yield* app.send([pageview()])).headers.get("access-control-allow-origin"), "*")
    }))
})
