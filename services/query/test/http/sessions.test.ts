import { assert, layer } from "@effect/vitest"
import { hashSecret } from "@footfall/control-plane/secrets"
import { Deferred, Effect, Fiber } from "effect"
import pg from "pg"
import { type Answer, OWNER, Running } from "../support/server.ts"

let addresses = 0
/** Each test comes from an address of its own, so that limits do not meet. */
const from = () => ({ "x-forwarded-for": `198.51.100.${++addresses}` })

const sql = (env: Readonly<Record<string, string>>, text: string) =>
  Effect.promise(async () => {
    const client = new pg.Client({ connectionString: env["DATABASE_URL"] })
    await client.connect()
    const { rows } = await client.query(text)
    await client.end()
    return rows
  })

layer(Running.layer, { excludeTestServices: true })("signing in", (it) => {
  it.effect("gives a token that says who one is until one signs out", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const signedIn = yield* ask("POST", "/v1/sessions", { body: { email: OWNER.email, password: OWNER.password }, headers: from() })
      assert.strictEqual(signedIn.status, 201)
      const { token, user } = signedIn.body
      assert.deepStrictEqual((yield* ask("GET", "/v1/sessions/current", { token })).body, user)
      const out = yield* ask("DELETE", "/v1/sessions/current", { token })
      assert.deepStrictEqual([out.status, out.text], [204, ""])
      assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token })).status, 401)
      assert.strictEqual((yield* ask("DELETE", "/v1/sessions/current", { token })).status, 401)
    }),
  )

  it.effect("leaves nothing in the database that could be used to be somebody", () =>
    Effect.gen(function* () {
      const { ask, env } = yield* Running
      const { body } = yield* ask("POST", "/v1/sessions", { body: { email: OWNER.email, password: OWNER.password }, headers: from() })
      assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token: body.token })).status, 200)
      const rows = yield* sql(env, `SELECT * FROM "session"`)
      assert.isAbove(rows.length, 0)
      assert.notInclude(JSON.stringify(rows), body.token)
      for (const token of rows.flatMap((row) => Object.values(row).map(String)))
        assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token: encodeURIComponent(token) })).status, 401, token)
    }),
  )

  it.effect("happens for one at a time; few wait, and nobody who has signed in waits for them", () =>
    Effect.gen(function* () {
      const { ask, owner: token } = yield* Running
      const sentAway = yield* Deferred.make<Answer | undefined>()
      let heard = 0
      const attempt = (index: number) =>
        ask("POST", "/v1/sessions", {
          body: { email: `crowd${index}@example.com`, password: "wrong" },
          headers: { "x-forwarded-for": `10.7.0.${index}` },
        }).pipe(
          Effect.tap((answer) => (answer.status === 401 ? Effect.sync(() => heard++) : Effect.asVoid(Deferred.succeed(sentAway, answer)))),
          Effect.map(({ status }) => status),
        )
      const people = Array.from({ length: 60 }, (_, index) => index)
      const crowd = yield* Effect.forEach(people, attempt, { concurrency: "unbounded" }).pipe(
        Effect.ensuring(Deferred.succeed(sentAway, undefined)),
        Effect.forkChild,
      )
      // Whoever is sent away found ten in line.
      const busy = yield* Deferred.await(sentAway)
      assert.strictEqual(busy?.status, 503, busy?.text)
      assert.isAtLeast(Number(busy?.headers.get("retry-after")), 1)
      assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token })).status, 200)
      const heardBefore = heard
      const statuses = yield* Fiber.join(crowd)
      assert.isBelow(heardBefore, heard)
      assert.isAtLeast(heard, 11)
      assert.deepStrictEqual(new Set(statuses), new Set([401, 503]))
    }),
  )

  it.effect("tells nobody whether the e-mail or the password was wrong, and works as long for both", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const timed = (email: string) =>
        Effect.gen(function* () {
          const started = performance.now()
          const answer = yield* ask("POST", "/v1/sessions", { body: { email, password: "wrong password" }, headers: from() })
          return { answer, ms: performance.now() - started }
        })
      const known = [yield* timed(OWNER.email), yield* timed(OWNER.email), yield* timed(OWNER.email)]
      const unknown = [yield* timed("nobody@example.com"), yield* timed("nobody2@example.com"), yield* timed("nobody3@example.com")]
      for (const { answer } of [...known, ...unknown]) {
        assert.strictEqual(answer.status, 401)
        assert.deepStrictEqual(answer.body, known[0]?.answer.body)
      }
      const fastest = (list: ReadonlyArray<{ ms: number }>) => Math.min(...list.map(({ ms }) => ms))
      assert.isAbove(fastest(unknown), fastest(known) / 3)
    }),
  )

  it.effect("stops after five failures of an e-mail from one network, and says for how long", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const network = { "x-forwarded-for": "2001:db8:0:5::1" }
      const attempt = (password: string, headers: Readonly<Record<string, string>> = network) =>
        ask("POST", "/v1/sessions", { body: { email: "victim@example.com", password }, headers })
      for (let index = 0; index < 5; index++) assert.strictEqual((yield* attempt(`guess ${index}`)).status, 401)
      assert.strictEqual((yield* attempt("from elsewhere", { "x-forwarded-for": "2001:db8:0:6::1" })).status, 401)
      const refused = yield* attempt("guess 6", { "x-forwarded-for": "2001:db8:0:5:ffff::2" })
      assert.strictEqual(refused.status, 429)
      assert.isAtLeast(Number(refused.headers.get("retry-after")), 290)
      assert.isAtMost(Number(refused.headers.get("retry-after")), 300)
    }),
  )

  it.effect("stops after twenty failures from an address, which a client cannot choose", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const attempt = (index: number) =>
        ask("POST", "/v1/sessions", {
          body: { email: `guess${index}@example.com`, password: "wrong" },
          headers: { "x-forwarded-for": `10.9.9.${index}, 203.0.113.7` },
        })
      const answers = yield* Effect.forEach(
        Array.from({ length: 25 }, (_, index) => index),
        attempt,
        { concurrency: 5 },
      )
      assert.lengthOf(
        answers.filter(({ status }) => status === 401),
        20,
      )
      assert.lengthOf(
        answers.filter(({ status }) => status === 429),
        5,
      )
    }),
  )

  it.effect("counts for nothing when the token is unknown, expired, malformed or of another kind", () =>
    Effect.gen(function* () {
      const { ask, env, project } = yield* Running
      const { writeKey } = yield* project()
      const expired = (yield* ask("POST", "/v1/sessions", { body: { email: OWNER.email, password: OWNER.password }, headers: from() })).body
        .token
      yield* sql(env, `UPDATE "session" SET "expiresAt" = now() - interval '1 second' WHERE "token" = '${hashSecret(expired)}'`)
      for (const token of [
        "",
        "x",
        "a".repeat(32),
        expired,
        writeKey,
        "ffs_" + "a".repeat(43),
        "a.b",
        "%00",
        "' OR 1=1 --",
        "x".repeat(10_000),
      ])
        assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token })).status, 401, token.slice(0, 40))
      for (const headers of [{ authorization: "Basic YTpi" }, { cookie: "better-auth.session_token=x" }])
        assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { headers })).status, 401)
    }),
  )
})
