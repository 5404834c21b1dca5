import { problem } from "@footfall/platform/Problem"
import { Config, Effect, Layer } from "effect"
import { HttpRouter, HttpServerRequest } from "effect/http"

const BODIED: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"])

const hasBody = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0

/**
 * Keeps pages of other sites from signing in, and failing to, in the name of their visitors' networks: a body has to say that it is JSON,
 * which a page of another site cannot without asking first, and one that brings no credential is refused (403) from a foreign origin. It
 * goes by the credential and not by the address, which can be spelled in many ways.
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
        Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, headers }) => {
          if (!BODIED.has(method)) return handler
          if (headers["authorization"] === undefined && isForeign(headers))
            return Effect.succeed(problem(403, "Pages of other sites cannot call this. Call it from a program or from the dashboard."))
          if (headers["content-type"] === undefined && hasBody(headers))
            return Effect.succeed(problem(415, "Send the body as application/json, and say so in Content-Type."))
          return handler
        }),
      { global: true },
    )
  }),
)
