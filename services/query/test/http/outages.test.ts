import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { OWNER, settled, start } from "../support/server.ts"

const RANGE = "from=2026-11-01&to=2026-11-08"
const CLOSED = "127.0.0.1:9"

describe("when a store is down", () => {
  it.live("questions are 503 with Retry-After while ClickHouse is, and the rest goes on", () =>
    Effect.gen(function* () {
      const { env, owner: token, project } = yield* settled
      const { id } = yield* project()
      const { ask } = yield* start({ ...env, CLICKHOUSE_URL: `http://${CLOSED}` })
      for (const path of [`timeseries?${RANGE}`, `breakdown?${RANGE}&dimension=page`, "online", "first-event", "tracking"]) {
        const answer = yield* ask("GET", `/v1/projects/${id}/${path}`, { token })
        assert.deepStrictEqual([answer.status, Number(answer.headers.get("retry-after")) >= 1, answer.body.status], [503, true, 503], path)
        assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
        assert.notInclude(answer.text, CLOSED)
      }
      assert.strictEqual((yield* ask("GET", "/v1/projects", { token })).status, 200)
      assert.strictEqual((yield* ask("GET", "/health/ready")).status, 503)
      assert.strictEqual((yield* ask("GET", "/health/live")).status, 200)
    }).pipe(Effect.scoped),
  )

  it.live("everything that needs an account is 503 while Postgres is, and nobody is told that a credential is wrong", () =>
    Effect.gen(function* () {
      const { env, owner: token } = yield* settled
      const { ask } = yield* start({ ...env, DATABASE_URL: `postgres://user:hidden-password@${CLOSED}/x` })
      const asked = [
        ask("GET", "/v1/setup"),
        ask("POST", "/v1/setup", { body: OWNER }),
        ask("POST", "/v1/sessions", { body: { email: OWNER.email, password: OWNER.password } }),
        ask("GET", "/v1/sessions/current", { token }),
        ask("DELETE", "/v1/sessions/current", { token }),
        ask("GET", "/v1/projects", { token: `ffs_${"a".repeat(43)}` }),
        ask("POST", "/v1/projects", { token, body: { name: "p", timeZone: "UTC" } }),
        ask("GET", `/v1/projects/1/timeseries?${RANGE}`, { token }),
      ]
      for (const [index, answer] of (yield* Effect.all(asked, { concurrency: 4 })).entries()) {
        assert.strictEqual(answer.status, 503, `${index}: ${answer.text}`)
        assert.isAtLeast(Number(answer.headers.get("retry-after")), 1)
        assert.notInclude(answer.text, "hidden-password")
      }
      assert.strictEqual((yield* ask("GET", "/health/live")).status, 200)
      assert.strictEqual((yield* ask("GET", "/docs")).status, 200)
    }).pipe(Effect.scoped),
  )
})
