import { PgClient } from "@effect/sql-pg"
import { Config, Effect, Layer, Schema, String } from "effect"
import { SqlError } from "effect/sql"
import { secret } from "./secret.ts"

/** Postgres did not answer or refused the statement; the driver's error is the cause. Worth trying again. */
export class PostgresUnavailable extends Schema.TaggedError<PostgresUnavailable>()("PostgresUnavailable", {
  cause: Schema.Defect(),
}) {}

/** Turns driver errors into {@link PostgresUnavailable}; other errors pass. */
export const orUnavailable = <A, E, R>(
  effect: Effect.Effect<A, E | SqlError.SqlError, R>,
): Effect.Effect<A, Exclude<E, SqlError.SqlError> | PostgresUnavailable, R> =>
  Effect.mapError(effect, (error) =>
    SqlError.isSqlError(error) ? new PostgresUnavailable({ cause: error }) : (error as Exclude<E, SqlError.SqlError>),
  )

/** Postgres at `DATABASE_URL` (or `DATABASE_URL_FILE`); camelCase in TypeScript, snake_case in the database. */
export const layer = Layer.unwrap(
  Effect.gen(function* () {
    return PgClient.layer({
      url: yield* secret("DATABASE_URL"),
      maxConnections: yield* Config.Int("DATABASE_CONNECTIONS").pipe(Config.withDefault(8)),
      connectTimeout: "3 seconds",
      transformQueryNames: String.camelToSnake,
      transformResultNames: String.snakeToCamel,
    })
  }),
)
