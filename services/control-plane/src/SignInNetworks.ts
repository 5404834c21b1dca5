import { secret } from "@footfall/platform/secret"
import { Context, Effect, Layer, Redacted, type Config } from "effect"
import { SqlClient } from "effect/sql"
import { createHmac } from "node:crypto"
import { asked, type ControlPlaneUnavailable } from "./errors.ts"

/** Networks remembered of one person. */
const MANY = 16
/** How long one is remembered after its last use. */
const DAYS = 90

/**
 * From which networks people signed in before, so that limits tell the owner of an account from strangers. A network is stored as
 * HMAC-SHA-256 under `AUTH_SECRET`, together with the person: the table alone gives away neither the network nor who shares one.
 */
export class SignInNetworks extends Context.Service<
  SignInNetworks,
  {
    /** Whether the person with this e-mail signed in from this network within 90 days. */
    knows(email: string, network: string): Effect.Effect<boolean, ControlPlaneUnavailable>
    /** Remembers a sign-in; of more than 16 networks of a person the one used longest ago is forgotten. */
    remember(userId: string, network: string): Effect.Effect<void, ControlPlaneUnavailable>
  }
>()("@footfall/control-plane/SignInNetworks") {
  static readonly layer: Layer.Layer<SignInNetworks, Config.ConfigError, SqlClient.SqlClient> = Layer.effect(
    SignInNetworks,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const key = Redacted.value(yield* secret("AUTH_SECRET"))
      const hashOf = (userId: string, network: string) =>
        createHmac("sha256", key).update(`sign-in network\n${userId}\n${network}`).digest()
      return SignInNetworks.of({
        knows: Effect.fn("SignInNetworks.knows")(function* (email, network) {
          const rows = yield* asked(sql<{ readonly userId: string; readonly network: Uint8Array }>`
            SELECT n.user_id, n.network FROM sign_in_networks n JOIN "user" u ON u."id" = n.user_id
            WHERE u."email" = ${email} AND n.used_at > now() - make_interval(days => ${DAYS})`)
          return rows.some((row) => hashOf(row.userId, network).equals(row.network))
        }),
        remember: Effect.fn("SignInNetworks.remember")(function* (userId, network) {
          const hash = hashOf(userId, network)
          yield* asked(
            Effect.gen(function* () {
              yield* sql`INSERT INTO sign_in_networks (user_id, network) VALUES (${userId}, ${hash})
                ON CONFLICT (user_id, network) DO UPDATE SET used_at = now()`
              yield* sql`DELETE FROM sign_in_networks WHERE used_at <= now() - make_interval(days => ${DAYS}) OR user_id = ${userId} AND network IN (
                SELECT network FROM sign_in_networks WHERE user_id = ${userId} ORDER BY used_at DESC, network OFFSET ${MANY})`
            }),
          )
        }),
      })
    }),
  )
}
