import { assert, describe, it, layer } from "@effect/vitest"
import { hashSecret } from "@footfall/control-plane/secrets"
import { Deferred, Effect, Fiber } from "effect"
import pg from "pg"
import { place } from "../support/place.ts"
import { type Answer, OWNER, Running, type Server, settled, start } from "../support/server.ts"

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
      // Who is sent away found the line full.
      const busy = yield* Deferred.await(sentAway)
      assert.strictEqual(busy?.status, 503, busy?.text)
      assert.isAtLeast(Number(busy?.headers.get("retry-after")), 1)
      assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token })).status, 200)
      const heardBefore = heard
      const statuses = yield* Fiber.join(crowd)
      assert.isBelow(heardBefore, heard)
      assert.isAtLeast(heard, 7)
      assert.deepStrictEqual(new Set(statuses), new Set([401, 503]))
    }),
  )

  it.effect("goes on for the others while one IPv6 /48 floods it, and the flood is slowed down though nothing of it is heard", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      const home = { "x-forwarded-for": "198.51.101.1" }
      const right = { email: OWNER.email, password: OWNER.password }
      assert.strictEqual((yield* ask("POST", "/v1/sessions", { body: right, headers: home })).status, 201)
      const statuses: Array<number> = []
      const flood = yield* Effect.forEach(
        Array.from({ length: 24 }, (_, sender) => sender),
        (sender) =>
          Effect.gen(function* () {
            for (let index = 0; ; index++) {
              const headers = { "x-forwarded-for": `2001:db8:99:${sender.toString(16)}${(index % 256).toString(16).padStart(2, "0")}::1` }
              statuses.push(
                (yield* ask("POST", "/v1/sessions", { body: { email: `guess${sender}@example.com`, password: "wrong" }, headers })).status,
              )
            }
          }),
        { concurrency: "unbounded", discard: true },
      ).pipe(Effect.forkChild)
      while (!statuses.includes(503)) yield* Effect.sleep(5)
      for (let index = 0; index < 5; index++) {
        const answer = yield* ask("POST", "/v1/sessions", { body: right, headers: home })
        assert.strictEqual(answer.status, 201, answer.text)
      }
      while (!statuses.includes(429)) yield* Effect.sleep(5)
      assert.strictEqual((yield* ask("POST", "/v1/sessions", { body: right, headers: from() })).status, 201)
      yield* Fiber.interrupt(flood)
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

describe("sessions", () => {
  it.live("end everywhere at once, those of who asks, and no key's", () =>
    Effect.gen(function* () {
      const { ask, project, secretKey } = yield* settled
      const signIn = ask("POST", "/v1/sessions", { body: { email: OWNER.email, password: OWNER.password }, headers: from() })
      const tokens = [(yield* signIn).body.token, (yield* signIn).body.token]
      const { id } = yield* project()
      const key = yield* secretKey(id, ["stats:read"])
      assert.strictEqual((yield* ask("DELETE", "/v1/sessions", {})).status, 401)
      assert.strictEqual((yield* ask("DELETE", "/v1/sessions", { token: key })).status, 403)
      assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token: tokens[1] })).status, 200)
      const answer = yield* ask("DELETE", "/v1/sessions", { token: tokens[0] })
      assert.deepStrictEqual([answer.status, answer.text], [204, ""])
      for (const token of tokens) assert.strictEqual((yield* ask("GET", "/v1/sessions/current", { token })).status, 401)
    }).pipe(Effect.scoped),
  )
})

describe("the address of a client", () => {
  // Wrong set-up codes are limited by the same networks, and cost no hashing.
  const attempts = ({ ask }: Server, headers: (index: number) => Readonly<Record<string, string>>) =>
    Effect.forEach(
      Array.from({ length: 25 }, (_, index) => index),
      (index) => ask("POST", "/v1/setup", { body: { ...OWNER, setupCode: "ABCDE-FGHIJ-KLMNP" }, headers: headers(index) }),
    ).pipe(Effect.map((answers) => answers.map(({ status }) => status)))
  const WEB_SECRET = "a secret of the dashboard and query"

  it.live("is what the dashboard says, who shows its secret, and nobody else on this machine", () =>
    Effect.gen(function* () {
      const server = yield* start({ ...(yield* place), WEB_SECRET, TRUSTED_PROXIES: "" })
      const forged = yield* attempts(server, (index) => ({ "x-forwarded-for": `203.0.113.${index}`, "x-footfall-web": "guessed" }))
      assert.deepStrictEqual([forged.indexOf(429), forged.filter((status) => status === 429).length], [20, 5])
      const told = yield* attempts(server, (index) => ({ "x-forwarded-for": `203.0.113.${index}`, "x-footfall-web": WEB_SECRET }))
      assert.notInclude(told, 429)
      const behind = yield* attempts(server, (index) => ({
        "x-forwarded-for": `203.0.113.${index}, 192.0.2.1`,
        "x-footfall-web": WEB_SECRET,
      }))
      assert.strictEqual(behind.indexOf(429), 20)
    }).pipe(Effect.scoped),
  )

  it.live("is believed of proxies in front of the dashboard that are trusted, and of no others", () =>
    Effect.gen(function* () {
      const server = yield* start({ ...(yield* place), WEB_SECRET, TRUSTED_PROXIES: "192.0.2.0/24" })
      const through = (proxy: string) => (index: number) => ({
        "x-forwarded-for": `198.51.100.${index}, ${proxy}`,
        "x-footfall-web": WEB_SECRET,
      })
      assert.notInclude(yield* attempts(server, through("192.0.2.7")), 429)
      assert.strictEqual((yield* attempts(server, through("203.0.113.9"))).indexOf(429), 20)
    }).pipe(Effect.scoped),
  )

  it.live("cannot be told by a secret that is short", () =>
    Effect.gen(function* () {
      assert.include(
        String(yield* Effect.flip(start({ ...(yield* place), WEB_SECRET: "short" }))),
        "WEB_SECRET must have at least 24 characters",
      )
    }).pipe(Effect.scoped),
  )
})
