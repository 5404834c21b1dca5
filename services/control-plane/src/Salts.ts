import { Clock, Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { randomBytes } from "node:crypto"
import { asked, type ControlPlaneUnavailable } from "./errors.ts"

const DAY_MS = 86_400_000

/** The UTC day of an instant (epoch milliseconds), as `YYYY-MM-DD`. */
export const dayOf = (millis: number) => new Date(millis).toISOString().slice(0, 10)

/**
 * Random salts, one a UTC day, the same for every process. A salt lives from the day before to the end of the day after its
 * own, then it is deleted: visitor ids of that day can no longer be traced to anybody.
 */
export class Salts extends Context.Service<
  Salts,
  {
    /**
     * The 32 bytes of a day's salt, made when it is asked for first. Only yesterday, today and tomorrow have one; asking for
     * any other day is a defect of the caller.
     */
    of(day: string): Effect.Effect<Uint8Array, ControlPlaneUnavailable>
  }
>()("@footfall/control-plane/Salts") {
  static readonly layer = Layer.effect(
    Salts,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      return Salts.of({
        of: Effect.fn("Salts.of")(function* (day) {
          const now = yield* Clock.currentTimeMillis
          const days = [dayOf(now - DAY_MS), dayOf(now), dayOf(now + DAY_MS)] as const
          if (!days.some((known) => known === day))
            return yield* Effect.die(new Error(`There is no salt for ${day}: today is ${days[1]} (UTC)`))
          const rows = yield* asked(
            Effect.gen(function* () {
              yield* sql`DELETE FROM salts WHERE day < ${days[0]}::text::date`
              for (const made of new Set([day, days[1], days[2]])) {
                yield* sql`INSERT INTO salts (day, salt) VALUES (${made}::text::date, decode(${randomBytes(32).toString("hex")}, 'hex'))
                  ON CONFLICT (day) DO NOTHING`
              }
              return yield* sql<{ readonly salt: string }>`SELECT encode(salt, 'hex') AS salt FROM salts WHERE day = ${day}::text::date`
            }),
          )
          const [row] = rows
          return row === undefined
            ? yield* Effect.die(new Error(`Postgres lost the salt of ${day}`))
            : new Uint8Array(Buffer.from(row.salt, "hex"))
        }),
      })
    }),
  )
}
