import { Effect, Schema } from "effect"
import { orUnavailable, PostgresUnavailable } from "@footfall/platform/Postgres"
import type { SqlError } from "effect/sql"

/** The control plane's store cannot be asked right now; asking again later is worth it. */
export class ControlPlaneUnavailable extends Schema.TaggedError<ControlPlaneUnavailable>()("ControlPlaneUnavailable", {
  cause: Schema.Defect(),
}) {}

/** There is no such thing, or it is not in the place that was named. */
export class NotFound extends Schema.TaggedError<NotFound>()("ControlPlaneNotFound", { what: Schema.String }) {}

/** Nobody holds this key: it never existed or was revoked. */
export class UnknownKey extends Schema.TaggedError<UnknownKey>()("UnknownKey", {}) {}

/** The instance has its owner; set-up works once. */
export class OwnerExists extends Schema.TaggedError<OwnerExists>()("OwnerExists", {}) {}

/** A question to Postgres that has to come back within `seconds`; driver errors and silence become {@link ControlPlaneUnavailable}. */
export const asked = <A, E, R>(
  effect: Effect.Effect<A, E | SqlError.SqlError, R>,
  seconds = 3,
): Effect.Effect<A, Exclude<E, SqlError.SqlError> | ControlPlaneUnavailable, R> =>
  orUnavailable(effect).pipe(
    Effect.mapError((error) => (error instanceof PostgresUnavailable ? new ControlPlaneUnavailable({ cause: error.cause }) : error)),
    Effect.timeoutOrElse({
      duration: `${seconds} seconds`,
      orElse: () => Effect.fail(new ControlPlaneUnavailable({ cause: new Error(`Postgres did not answer within ${seconds} s`) })),
    }),
  )
