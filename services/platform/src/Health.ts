import { Effect, Layer, Schema } from "effect"
import { HttpRouter, HttpServerResponse } from "effect/http"
import { problem } from "./Problem.ts"

const ok = HttpServerResponse.jsonUnsafe({ status: "ok" })

/** Why a service cannot work now, for the person who runs it. */
export class NotReady extends Schema.TaggedError<NotReady>()("NotReady", { why: Schema.String }) {}

/**
 * `GET /health/live` and `/health/ready` for a service without a contract. Ready is 200 while `ready` succeeds within two
 * seconds, else 503 with Retry-After and what a {@link NotReady} says; live is 200 as long as the process answers.
 */
export const layerRoutes = <E, R>(ready: Effect.Effect<unknown, E, R>) =>
  Layer.mergeAll(
    HttpRouter.add("GET", "/health/live", ok),
    HttpRouter.add(
      "GET",
      "/health/ready",
      ready.pipe(
        Effect.timeout("2 seconds"),
        Effect.match({
          onFailure: (failure) =>
            problem(503, failure instanceof NotReady ? failure.why : "Not ready.", { headers: { "retry-after": "1" } }),
          onSuccess: () => ok,
        }),
      ),
    ),
  )
