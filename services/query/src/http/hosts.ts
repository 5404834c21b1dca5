import { problem } from "@footfall/platform/Problem"
import { Config, Effect, Layer } from "effect"
import { HttpRouter, HttpServerRequest } from "effect/http"

/** The name in a Host header or in a list of hosts, without its port; a port is no secret and tells nobody apart. */
const nameOf = (host: string) => host.trim().toLowerCase().replace(/:\d+$/, "")

const ANYWAY = ["localhost", "127.0.0.1", "[::1]"]

const MISDIRECTED = "This host name is not allowed. Set QUERY_URL to the public address of this service, or add the name to ALLOWED_HOSTS."

/** `/health/…` is asked by load balancers, by whatever address they know. */
const isHealth = (url: string) => url.startsWith("/health/")

/**
 * Answers only requests for a host that this service is known by: those of `QUERY_URL` and `WEB_URL`, this machine's own names, and
 * the names in `ALLOWED_HOSTS`. A page that made its own name point to this service is of the same origin to its browser, but sends
 * that name; it gets 421.
 */
export const layer = Layer.unwrap(
  Effect.gen(function* () {
    const query = yield* Config.option(Config.URL("QUERY_URL"))
    const web = yield* Config.option(Config.URL("WEB_URL"))
    const more = yield* Config.String("ALLOWED_HOSTS").pipe(Config.withDefault(""))
    const urls = [query, web].flatMap((url) => (url._tag === "Some" ? [url.value.host] : []))
    const ours = new Set([...ANYWAY, ...urls, ...more.split(",")].map(nameOf).filter((name) => name !== ""))
    return HttpRouter.middleware(
      (handler) =>
        Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
          isHealth(request.url) || ours.has(nameOf(request.headers["host"] ?? "")) ? handler : Effect.succeed(problem(421, MISDIRECTED)),
        ),
      { global: true },
    )
  }),
)
