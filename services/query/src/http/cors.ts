import { Config, Effect, Layer } from "effect"
import { HttpMiddleware, HttpRouter } from "effect/http"

/**
 * Pages of exactly the dashboard's origin (`WEB_URL`) may read answers, without credentials of the browser; nobody else's may.
 * Without `WEB_URL` no page of another origin may.
 */
export const layer = Layer.unwrap(
  Effect.map(Config.option(Config.URL("WEB_URL")), (web) =>
    HttpRouter.middleware(
      HttpMiddleware.cors({
        allowedOrigins: (origin) => web._tag === "Some" && origin === web.value.origin,
        allowedMethods: ["GET", "POST", "PATCH", "DELETE"],
        allowedHeaders: ["authorization", "content-type"],
        exposedHeaders: ["retry-after", "location", "x-request-id"],
        maxAge: 600,
      }),
      { global: true },
    ),
  ),
)
