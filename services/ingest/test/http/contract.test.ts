import { assert, describe, it } from "@effect/vitest"
import { EventsGroup, FootfallIngest, HealthGroup, TrackerGroup } from "@footfall/contracts/generated/ingest"
import { Health, Problem, Receipt, ValidationProblem } from "@footfall/contracts/generated/shared"
import { Effect, Schema } from "effect"
import { ServedApi } from "../../src/http/ServedApi.ts"
import { type Answer, pageview, startApp } from "../support/app.ts"

const operations = [EventsGroup, TrackerGroup, HealthGroup].flatMap((group) => Object.values(group.endpoints))

const assertMatches = <A, I>(schema: Schema.Codec<A, I>, { json, text }: Answer) =>
  assert.doesNotThrow(() => Schema.decodeUnknownSync(schema)(json), text)

describe("the contract", () => {
  it.live("every operation that it declares is served, and nothing else", () =>
    Effect.gen(function* () {
      const app = yield* startApp()
      for (const { method, path } of operations) {
        const answer = yield* app.request(path, { method })
        assert.notInclude([404, 405], answer.status, `${method} ${path}`)
      }
      for (const path of ["/", "/v1", "/v1/events/1", "/docs", "/metrics", "/openapi.json", "/.env", `/${"a".repeat(10_000)}`]) {
        assert.strictEqual((yield* app.request(path)).status, 404, path)
      }
    }),
  )

  it("createEvents, which HttpApi does not serve, is the only operation with a route of its own", () => {
    const declared = Object.values(FootfallIngest.groups).flatMap((group) => Object.keys(group.endpoints))
    const served = Object.values(ServedApi.groups).flatMap((group) => Object.keys(group.endpoints))
    assert.deepStrictEqual(
      declared.filter((operation) => !served.includes(operation)),
      ["createEvents"],
    )
    assert.deepInclude(EventsGroup.endpoints.createEvents, { method: "POST", path: "/v1/events" })
  })

  it.live("every answer has the shape that it declares", () =>
    Effect.gen(function* () {
      const app = yield* startApp({ RATE_LIMIT: "0.1" })
      assertMatches(Receipt, yield* app.send([pageview(), { kind: "?" }]))
      assertMatches(Problem, yield* app.send([pageview()]))
      assertMatches(ValidationProblem, yield* app.post("{"))
      assertMatches(Problem, yield* app.post("{}", { "content-type": "text/html" }))
      assertMatches(Problem, yield* app.post("x".repeat(1_048_577)))
      assertMatches(Problem, yield* app.send([pageview()], { key: "nobody's" }))
      assertMatches(Health, yield* app.request("/health/live"))
      assertMatches(Health, yield* app.request("/health/ready"))
      app.appended.down = true
      assertMatches(Problem, yield* app.request("/health/ready"))
    }),
  )
})
