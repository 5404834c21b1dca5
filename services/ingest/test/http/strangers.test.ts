import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { gzipSync } from "node:zlib"
import { type App, pageview, startApp } from "../support/app.ts"
import { assertInvalid, assertProblem } from "../support/asking.ts"
import { SECRET_KEY, WRITE_KEY } from "../support/control-plane.ts"

const test = (name: string, body: (app: App) => Effect.Effect<void>, environment: Record<string, string> = {}) =>
  it.live(name, () => Effect.flatMap(startApp(environment, { holdMs: 0 }), body))

/** Posts without a key in the header. */
const post = (app: App, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
  app.request("/v1/events", { method: "POST", body, headers: { "content-type": "text/plain", ...headers } })

const packed = { "content-encoding": "gzip" }
const list = (count: number) => Array.from({ length: count }, () => "{}").join()
/** Bodies of about 1 kB that inflate to almost 1 MiB, each costly to parse in its own way. */
const bombs = {
  events: `{"events":[${list(349_000)}]}`,
  nesting: `{"x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
  members: `{${Array.from({ length: 70_000 }, (_, index) => `"${index}":0`).join()}}`,
}

/** Refusals until one is 429. */
const untilLimited = (ask: Effect.Effect<{ readonly status: number; readonly headers: Headers }>) =>
  Effect.gen(function* () {
    const statuses = new Set<number>()
    for (;;) {
      const { status, headers } = yield* ask
      if (status === 429) return { statuses: [...statuses], retryAfter: Number(headers.get("retry-after")) }
      statuses.add(status)
    }
  })

describe("a sender without a valid key", () => {
  test("is refused for the key before anything else of the body is looked at", (app) =>
    Effect.gen(function* () {
      for (const body of ["{", "no JSON", `{"events":7}`, bombs.nesting, bombs.members, `{"key":7}`, ""])
        assertProblem(yield* post(app, body), 401)
      assertProblem(yield* post(app, gzipSync(bombs.nesting), packed), 401)
      for (const body of [Buffer.from("no gzip"), gzipSync(bombs.nesting)])
        assertProblem(yield* app.post(body, { ...packed, authorization: "Bearer ffw_nobodyhasthiskey0000000" }), 401)
      assertProblem(yield* post(app, JSON.stringify({ key: "ffw_nobodyhasthiskey0000000", events: 7 })), 401)
    }))

  test("is stopped at the 501st event, with a key or without", (app) =>
    Effect.gen(function* () {
      const tooMany = /at most 500 items/
      assertInvalid(yield* post(app, bombs.events), "/events", tooMany)
      assertInvalid(yield* post(app, gzipSync(bombs.events), packed), "/events", tooMany)
      assertInvalid(yield* app.post(bombs.events), "/events", tooMany)
      // Broken behind it, and nobody noticed: it was not inflated that far.
      const whole = gzipSync(bombs.events)
      assertInvalid(yield* app.post(whole.subarray(0, whole.length - 8), packed), "/events", tooMany)
      assertInvalid(yield* app.send(Array.from({ length: 501 }, () => pageview())), "/events", tooMany)
      assert.strictEqual((yield* app.send(Array.from({ length: 500 }, () => pageview()))).status, 202)
    }))

  for (const [kind, bomb] of Object.entries(bombs))
    test(`gets 429 with Retry-After in the end, and a known key of the same network goes on: ${kind}`, (app) =>
      Effect.gen(function* () {
        const limited = yield* untilLimited(post(app, gzipSync(bomb), packed))
        assert.deepStrictEqual(limited.statuses, [kind === "events" ? 400 : 401])
        assert.isAbove(limited.retryAfter, 0)
        assert.strictEqual((yield* app.send([pageview()])).status, 202)
        const beacon = JSON.stringify({ key: WRITE_KEY, events: [pageview()] })
        assert.strictEqual((yield* post(app, beacon)).status, 202)
        assert.strictEqual((yield* post(app, gzipSync(beacon), packed)).status, 202)
      }))

  test(
    "is told apart by network",
    (app) =>
      Effect.gen(function* () {
        const from = (address: string) => post(app, "{}", { "x-forwarded-for": address })
        const heard = (address: string) =>
          Effect.gen(function* () {
            for (let count = 0; ; count++) if ((yield* from(address)).status === 429) return count
          })
        const fresh = yield* heard("2001:db8::1")
        // A neighbour finds the little that came back meanwhile; another network has all of its own.
        assert.isBelow(yield* heard("2001:db8::2"), fresh / 2)
        assert.strictEqual((yield* from("203.0.113.7")).status, 401)
      }),
    { TRUSTED_PROXIES: "127.0.0.0/8, ::1" },
  )
})

describe("a key in the body", () => {
  const filler = "x".repeat(300_000)

  test("may stand anywhere, also far behind, and costs its network nothing then", (app) =>
    Effect.gen(function* () {
      const late = JSON.stringify({ filler, events: [pageview()], key: WRITE_KEY })
      for (let count = 0; count < 20; count++) {
        assert.strictEqual((yield* post(app, late)).status, 202)
        assert.strictEqual((yield* post(app, gzipSync(late), packed)).status, 202)
      }
    }))

  test("is looked for behind much else only for so long", (app) =>
    Effect.gen(function* () {
      const { statuses } = yield* untilLimited(post(app, JSON.stringify({ filler, events: [] })))
      assert.deepStrictEqual(statuses, [401])
      assertProblem(yield* post(app, JSON.stringify({ filler, events: [pageview()], key: WRITE_KEY })), 429)
    }))

  test("may be given only once", (app) =>
    Effect.gen(function* () {
      assertInvalid(yield* post(app, `{"key":"${WRITE_KEY}","events":[{}],"key":"another"}`), "/key", /only once/)
    }))

  test("may not be a secret key: that belongs in the header", (app) =>
    Effect.gen(function* () {
      const answer = yield* post(app, JSON.stringify({ key: SECRET_KEY, events: [pageview()] }))
      assertProblem(answer, 401)
      assert.include(answer.json.detail, "Authorization")
      assert.strictEqual(app.events().length, 0)
    }))
})

describe("a write key", () => {
  test(
    "with large bodies that are no batches brings its network into debt",
    (app) =>
      Effect.gen(function* () {
        const { statuses } = yield* untilLimited(app.post(gzipSync(bombs.members), packed))
        assert.deepStrictEqual(statuses, [400])
        assertProblem(yield* app.send([pageview()]), 429)
        assert.strictEqual((yield* app.send([pageview()], { key: SECRET_KEY })).status, 202)
      }),
    { RATE_LIMIT: "100" },
  )
})
