import { problem } from "@footfall/platform/Problem"
import { Config, Effect, Layer } from "effect"
import { HttpRouter, HttpServerRequest } from "effect/http"

/** Operations that need no credential, so that any page could have a visitor's browser call them. */
const OPEN: ReadonlySet<string> = new Set(["/v1/sessions", "/v1/setup"])

const BODIED: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"])

const hasBody = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0

/**
 * Keeps pages of other sites from signing in, and failing to, in the name of their visitors' networks: a body has to say that it is JSON,
 * which a page of another site cannot without asking first, and where no credential is needed a foreign origin is refused (403).
 */
export const layer = Layer.unwrap(
  Effect.gen(function* () {
    const query = yield* Config.option(Config.URL("QUERY_URL"))
    const web = yield* Config.option(Config.URL("WEB_URL"))
    const ours = new Set([query, web].flatMap((url) => (url._tag === "Some" ? [url.value.origin] : [])))
    const isForeign = ({ origin, "sec-fetch-site": site }: Readonly<Record<string, string | undefined>>) =>
      origin === undefined ? site === "cross-site" : !ours.has(origin)
    return HttpRouter.middleware(
      (handler) =>
        Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, url, headers }) => {
          if (!BODIED.has(method)) return handler
          if (OPEN.has(url.split("?", 1)[0]!) && isForeign(headers))
            return Effect.succeed(problem(403, "Pages of other sites cannot call this. Call it from a program or from the dashboard."))
          if (headers["content-type"] === undefined && hasBody(headers))
            return Effect.succeed(problem(415, "Send the body as application/json, and say so in Content-Type."))
          return handler
        }),
      { global: true },
    )
  }),
)
