import { secret } from "@footfall/platform/secret"
import { betterAuth } from "better-auth"
import { bearer } from "better-auth/plugins/bearer"
import { Config, Effect, Redacted } from "effect"
import pg from "pg"

const WEEK_S = 7 * 86_400

/**
 * better-auth as a library: it keeps passwords and sessions, none of its routes is served. Sessions last 7 days and are renewed
 * by use. Needs `DATABASE_URL` and `AUTH_SECRET` (or their `_FILE`); `QUERY_URL` is the base of links, should there be any.
 */
export const makeBetterAuth = Effect.gen(function* () {
  const url = yield* secret("DATABASE_URL")
  const signingKey = yield* secret("AUTH_SECRET")
  const baseURL = yield* Config.String("QUERY_URL").pipe(Config.withDefault("http://localhost:3002"))
  const pool = yield* Effect.acquireRelease(
    Effect.sync(() => {
      const open = new pg.Pool({ connectionString: Redacted.value(url), max: 4, connectionTimeoutMillis: 3_000, query_timeout: 5_000 })
      // Queries report their own failures; without a listener a connection lost while idle would end the process.
      return open.on("error", () => undefined)
    }),
    (open) => Effect.promise(() => open.end()),
  )
  return betterAuth({
    database: pool,
    secret: Redacted.value(signingKey),
    baseURL,
    // scrypt by default; the contract bounds passwords, and this bound must not be tighter.
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 256 },
    session: { expiresIn: WEEK_S, updateAge: 86_400 },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [bearer()],
  })
})
