import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { connect } from "node:net"
import { gzipSync } from "node:zlib"
import { type Answer, type App, pageview, startApp } from "../support/app.ts"
import { OTHER_PROJECT, OTHER_WRITE_KEY, PROJECT, READ_ONLY_KEY, SECRET_KEY, WRITE_KEY } from "../support/control-plane.ts"

const MIB = 1024 * 1024

/** A problem with this status, from which a person learns what is wrong. */
const assertProblem = (answer: Answer, status: number) => {
  assert.strictEqual(answer.status, status, answer.text)
  assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
  assert.strictEqual(answer.json.status, status)
  assert.isString(answer.json.title)
  assert.isAbove(answer.json.detail?.length ?? 0, 10)
  assert.strictEqual(answer.headers.get("access-control-allow-origin"), "*")
}

const assertInvalid = (answer: Answer, pointer: string, message: RegExp) => {
  assertProblem(answer, 400)
  const [error] = answer.json.errors ?? []
  assert.strictEqual(error?.in, "body")
  assert.strictEqual(error?.pointer, pointer)
  assert.match(error?.message ?? "", message)
}

/** A batch of exactly so many bytes. */
const ofSize = (bytes: number) => {
  const empty = JSON.stringify({ filler: "", events: [pageview()] })
  return JSON.stringify({ filler: "x".repeat(bytes - empty.length), events: [pageview()] })
}

const test = (name: string, body: (app: App) => Effect.Effect<void>, environment?: Record<string, string>) =>
  it.live(name, () => Effect.flatMap(startApp(environment), body))

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

describe("what a body may be", () => {
  test("text/plain is read as JSON, as beacons send it, with the key in the body", (app) =>
    Effect.gen(function* () {
      const body = JSON.stringify({ key: WRITE_KEY, events: [pageview()] })
      for (const type of ["text/plain", "text/plain;charset=UTF-8", 'application/json; charset="utf-8"']) {
        const answer = yield* app.request("/v1/events", { method: "POST", body, headers: { "content-type": type } })
        assert.strictEqual(answer.status, 202)
      }
    }))

  test("another content type, another charset or another content encoding is 415", (app) =>
    Effect.gen(function* () {
      const body = JSON.stringify({ events: [pageview()] })
      for (const type of ["application/x-www-form-urlencoded", "text/html", "application/json; charset=latin1", ""]) {
        assertProblem(yield* app.post(body, { "content-type": type }), 415)
      }
      for (const encoding of ["br", "deflate", "gzip, gzip"]) assertProblem(yield* app.post(body, { "content-encoding": encoding }), 415)
    }))

  test("malformed JSON is answered with the position of the fault", (app) =>
    Effect.gen(function* () {
      assertInvalid(yield* app.post(`{"events": [\n  {"kind": pageview}]}`), "", /position 24 \(line 2, column 12\)/)
      assertInvalid(yield* app.post(""), "", /position 0/)
      assertInvalid(yield* app.post(`{"events":[`), "", /position 11/)
      assertInvalid(yield* app.post(`${"[".repeat(500_000)}`), "", /position 500000/)
    }))

  test("JSON of a wrong shape is answered with a pointer to every fault of the envelope", (app) =>
    Effect.gen(function* () {
      assertInvalid(yield* app.post("[]"), "", /object/)
      assertInvalid(yield* app.post("null"), "", /object/)
      assertInvalid(yield* app.post("{}"), "/events", /missing/)
      const answer = yield* app.post(`{"events":{},"sentAt":"yesterday","key":7}`)
      assert.deepStrictEqual(answer.json.errors?.map(({ pointer }) => pointer).sort(), ["/events", "/key", "/sentAt"])
    }))

  test("bytes that are not UTF-8 are refused", (app) =>
    Effect.gen(function* () {
      assertInvalid(yield* app.post(Buffer.from([0x7b, 0xff, 0x7d])), "", /UTF-8/)
    }))

  test("1 MiB is accepted, one byte more is 413, announced or not", (app) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* app.post(ofSize(MIB))).status, 202)
      assertProblem(yield* app.post(ofSize(MIB + 1)), 413)
      const stream = new Blob([ofSize(MIB + 1)]).stream()
      assertProblem(
        yield* app.request("/v1/events", {
          method: "POST",
          body: stream,
          duplex: "half",
          headers: { "content-type": "application/json" },
        } as RequestInit),
        413,
      )
      assert.strictEqual(app.events().length, 1)
    }))

  test("gzip is inflated, up to 1 MiB; a bomb is cut there, and what is no gzip is refused", (app) =>
    Effect.gen(function* () {
      const packed = { "content-encoding": "gzip" }
      assert.strictEqual((yield* app.post(gzipSync(ofSize(MIB)), packed)).status, 202)
      assert.strictEqual((yield* app.post(gzipSync(ofSize(1000)), { "content-encoding": "GZIP" })).status, 202)
      assertProblem(yield* app.post(gzipSync(ofSize(MIB + 1)), packed), 413)
      const bomb = gzipSync(Buffer.alloc(128 * MIB), { level: 9 })
      assert.isBelow(bomb.length, MIB)
      const before = process.memoryUsage().rss
      assertProblem(yield* app.post(bomb, packed), 413)
      assert.isBelow(process.memoryUsage().rss - before, 64 * MIB)
      const whole = gzipSync(ofSize(1000))
      for (const bad of [Buffer.from(ofSize(1000)), whole.subarray(0, whole.length - 20), Buffer.alloc(0)]) {
        assertInvalid(yield* app.post(bad, packed), "", /gzip/)
      }
    }))

  test("a client that asks first whether to send its body is told to go on, or that it is too large", (app) =>
    Effect.gen(function* () {
      const body = JSON.stringify({ events: [pageview()] })
      const head = (length: number) =>
        `POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${WRITE_KEY}\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`
      const ask = (length: number) =>
        Effect.callback<string>((resume) => {
          const { hostname, port } = new URL(app.url)
          const socket = connect(Number(port), hostname, () => socket.write(head(length)))
          let answer = ""
          socket.setEncoding("utf8").on("data", (text) => {
            if (answer === "" && String(text).startsWith("HTTP/1.1 100")) socket.write(body)
            answer += text
          })
          socket.on("close", () => resume(Effect.succeed(answer)))
        })
      assert.match(yield* ask(body.length), /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 202 /)
      assert.match(yield* ask(2 * MIB), /^HTTP\/1.1 413 /)
    }))
})

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

describe("when something is down or too much", () => {
  test("without the log it is 503 with Retry-After, and 202 again once it is back", (app) =>
    Effect.gen(function* () {
      app.appended.down = true
      const answer = yield* app.send([pageview()])
      assertProblem(answer, 503)
      assert.isAtLeast(Number(answer.headers.get("retry-after")), 1)
      assert.strictEqual((yield* app.request("/health/ready")).status, 503)
      assert.strictEqual((yield* app.request("/health/live")).status, 200)
      app.appended.down = false
      assert.strictEqual((yield* app.send([pageview()])).status, 202)
      assert.strictEqual((yield* app.request("/health/ready")).status, 200)
    }))

  test("a key that cannot be looked up is 503, not 401", (app) =>
    Effect.gen(function* () {
      app.known.down = true
      const answer = yield* app.send([pageview()])
      assertProblem(answer, 503)
      assert.isAtLeast(Number(answer.headers.get("retry-after")), 1)
    }))

  test(
    "an address may send ten times its rate at once to a project with a write key, then it is 429 with Retry-After; a secret key may go on",
    (app) =>
      Effect.gen(function* () {
        const events = Array.from({ length: 25 }, () => pageview())
        for (let i = 0; i < 4; i++) assert.strictEqual((yield* app.send(events)).status, 202)
        const answer = yield* app.send(events)
        assertProblem(answer, 429)
        assert.isAtLeast(Number(answer.headers.get("retry-after")), 1)
        assert.strictEqual((yield* app.send(events, { key: OTHER_WRITE_KEY })).status, 202)
        assert.strictEqual((yield* app.send(events, { key: SECRET_KEY })).status, 202)
      }),
    { RATE_LIMIT: "10" },
  )
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
