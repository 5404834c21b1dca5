import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { connect } from "node:net"
import { gzipSync } from "node:zlib"
import { pageview } from "../support/app.ts"
import { assertInvalid, assertProblem, test } from "../support/asking.ts"
import { WRITE_KEY } from "../support/control-plane.ts"

const MIB = 1024 * 1024

/** A batch of exactly so many bytes. */
const ofSize = (bytes: number) => {
  const empty = JSON.stringify({ filler: "", events: [pageview()] })
  return JSON.stringify({ filler: "x".repeat(bytes - empty.length), events: [pageview()] })
}

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
      assertInvalid(yield* app.post("{}"), "/events", /^Missing required field/)
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
