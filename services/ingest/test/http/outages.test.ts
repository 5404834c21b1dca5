import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { pageview } from "../support/app.ts"
import { assertProblem, test } from "../support/asking.ts"
import { OTHER_WRITE_KEY, SECRET_KEY } from "../support/control-plane.ts"

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
