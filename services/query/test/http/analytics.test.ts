import { assert, layer } from "@effect/vitest"
import { eventRows, sessionRows, sessionsBetween } from "@footfall/analytics/test/traffic"
import { insertRows } from "@footfall/analytics/test/warehouse"
import { Breakdown, FirstEventAnswer, Online, Timeseries, Tracking } from "@footfall/contracts/generated/analytics"
import { Effect, Schema } from "effect"
import { Running } from "../support/server.ts"

const DAY = 86_400_000
const RANGE = "from=2026-11-01&to=2026-11-08"

layer(Running.layer, { excludeTestServices: true })("questions over HTTP", (it) => {
  it.effect("are answered in the shape of the contract, with what they cost", () =>
    Effect.gen(function* () {
      const { ask, env, owner: token, project } = yield* Running
      const { id } = yield* project()
      const sessions = sessionsBetween(5, Date.parse("2026-11-01T00:00:00Z"), Date.now() - DAY, 200)
      yield* insertRows(env, "events", eventRows(id, sessions))
      yield* insertRows(env, "sessions", sessionRows(id, sessions))
      const get = <S extends Schema.Top & { readonly DecodingServices: never }>(schema: S, path: string) =>
        Effect.gen(function* () {
          const answer = yield* ask("GET", `/v1/projects/${id}/${path}`, { token })
          assert.strictEqual(answer.status, 200, answer.text)
          return yield* Effect.orDie(Schema.decodeUnknownEffect(schema, { onExcessProperty: "error", errors: "all" })(answer.body))
        })
      const series = yield* get(Timeseries, `timeseries?${RANGE}&compare=previous_year`)
      assert.deepStrictEqual([series.interval, series.buckets.length, series.timeZone], ["day", 7, "Europe/Berlin"])
      assert.isAbove(series.totals.visitors ?? 0, 0)
      assert.isTrue(series.meta.exact)
      assert.isAbove(series.meta.rowsRead, 0)
      assert.isAbove(series.meta.elapsedMs, 0)
      const rows = yield* get(Breakdown, `breakdown?${RANGE}&dimension=country&limit=2&compare=previous_period`)
      assert.deepStrictEqual([rows.rows.length, rows.nextCursor], [2, "2"])
      const rest = yield* get(Breakdown, `breakdown?${RANGE}&dimension=country&limit=2&cursor=2`)
      assert.isTrue(rest.rows.every(({ previous, value }) => previous === null && !rows.rows.some((row) => row.value === value)))
      assert.strictEqual((yield* get(Breakdown, `breakdown?${RANGE}&dimension=country&cursor=9999999`)).rows.length, 0)
      yield* get(Online, "online")
      assert.isNotNull((yield* get(FirstEventAnswer, "first-event")).event)
      assert.isNotNull((yield* get(Tracking, "tracking")).latestEventAt)
    }),
  )

  it.effect("take one filter or many, with any value", () =>
    Effect.gen(function* () {
      const { ask, owner: token, project } = yield* Running
      const { id } = yield* project()
      const values = [
        "",
        "'",
        "\\",
        '"',
        "a:b:c",
        "{filter0:String}",
        "--",
        "/* */",
        "\n",
        "\t",
        "日本 👩‍👩‍👧",
        "x".repeat(2048),
        "%",
        "NULL",
        "\\N",
        "\ud83d",
      ]
      for (const value of values)
        for (const operator of ["is", "is_not"])
          for (const path of ["timeseries?", "breakdown?dimension=page&", "breakdown?dimension=source&compare=previous_year&"]) {
            const filter = encodeURIComponent(`page:${operator}:${value.isWellFormed() ? value : "\ufffd"}`)
            const answer = yield* ask(
              "GET",
              `/v1/projects/${id}/${path}${RANGE}&filter=${filter}&filter=${encodeURIComponent("source:is:a'b")}`,
              { token },
            )
            assert.strictEqual(answer.status, 200, `${value.slice(0, 30)} ${answer.text.slice(0, 300)}`)
          }
      const twenty = Array.from({ length: 20 }, (_, index) => `&filter=country:is_not:${index}`).join("")
      assert.strictEqual((yield* ask("GET", `/v1/projects/${id}/timeseries?${RANGE}${twenty}`, { token })).status, 200)
    }),
  )

  it.effect("that make no sense are refused with a pointer to the parameter", () =>
    Effect.gen(function* () {
      const { ask, owner: token, project } = yield* Running
      const { id } = yield* project()
      const wrong: ReadonlyArray<readonly [string, string]> = [
        ["timeseries?to=2026-11-02", "/from"],
        ["timeseries?from=yesterday&to=2026-11-02", "/from"],
        ["timeseries?from=2026-02-30&to=2026-11-02", "/from"],
        ["timeseries?from=2026-11-01&to=2026-13-01", "/to"],
        ["timeseries?from=2026-11-02&to=2026-11-01", "/to"],
        ["timeseries?from=2026-11-02&to=2026-11-02", "/to"],
        ["timeseries?from=2026-11-01T25:00:00Z&to=2026-11-08", "/from"],
        ["timeseries?from=2020-01-01&to=2026-11-02&interval=hour", "/interval"],
        [`timeseries?${RANGE}&interval=minute`, "/interval"],
        [`timeseries?${RANGE}&compare=last_week`, "/compare"],
        [`timeseries?${RANGE}&filter=page`, "/filter/0"],
        [`timeseries?${RANGE}&filter=page:is:/&filter=page:like:x`, "/filter/1"],
        [`timeseries?${RANGE}&filter=password:is:x`, "/filter/0"],
        [`timeseries?${RANGE}&filter=page:is:a%00b`, "/filter/0"],
        [`timeseries?${RANGE}&filter=page:is:${"x".repeat(2049)}`, "/filter/0"],
        [`timeseries?${RANGE}${"&filter=page:is:x".repeat(21)}`, "/filter"],
        [`timeseries?${RANGE}&timeZone=UTC`, "/timeZone"],
        [`breakdown?${RANGE}`, "/dimension"],
        [`breakdown?${RANGE}&dimension=password`, "/dimension"],
        [`breakdown?${RANGE}&dimension=page&limit=0`, "/limit"],
        [`breakdown?${RANGE}&dimension=page&limit=1001`, "/limit"],
        [`breakdown?${RANGE}&dimension=page&limit=ten`, "/limit"],
        [`breakdown?${RANGE}&dimension=page&cursor=-1`, "/cursor"],
        ["breakdown?from=2026-11-02&to=2026-11-01&dimension=page", "/to"],
      ]
      for (const [path, pointer] of wrong) {
        const answer = yield* ask("GET", `/v1/projects/${id}/${path}`, { token })
        assert.strictEqual(answer.status, 400, `${path.slice(0, 100)}: ${answer.text.slice(0, 200)}`)
        assert.deepStrictEqual([answer.body.errors[0].in, answer.body.errors[0].pointer], ["query", pointer], path.slice(0, 100))
        assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
      }
    }),
  )
})
