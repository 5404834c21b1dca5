import { Cause, Effect, Layer, Option, type Types } from "effect"
import { HttpRouter, HttpServerError, HttpServerRequest, HttpServerResponse } from "effect/http"
import { PROBLEM_JSON, problem } from "./Problem.ts"

interface KnownRoute {
  readonly method: string
  readonly matches: (path: string) => boolean
}

const known = (method: string, path: string): KnownRoute => {
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/:[A-Za-z0-9_]+/g, "[^/]+")
    .replaceAll("*", ".*")
  const pattern = new RegExp(`^${source}/?$`)
  return { method, matches: (asked) => pattern.test(asked) }
}

/** The methods that some route of this path answers, for the Allow header; none when no route has the path. */
const allowed = (routes: ReadonlyArray<KnownRoute>, url: string): ReadonlyArray<string> => {
  const path = url.split(/[?#]/, 1)[0] ?? url
  const methods = new Set(routes.filter((route) => route.method !== "*" && route.matches(path)).map((route) => route.method))
  if (methods.has("GET")) methods.add("HEAD")
  return [...methods].sort()
}

const isRouteNotFound = (cause: Cause.Cause<unknown>): boolean =>
  cause.reasons.some(
    (reason) => reason._tag === "Fail" && HttpServerError.isHttpServerError(reason.error) && reason.error.reason._tag === "RouteNotFound",
  )

const notFound = (routes: ReadonlyArray<KnownRoute>, request: HttpServerRequest.HttpServerRequest) => {
  const methods = allowed(routes, request.url)
  return methods.length === 0
    ? problem(404, "There is nothing at this address.")
    : problem(405, `This address answers ${methods.join(", ")}.`, { headers: { allow: methods.join(", ") } })
}

/** Answers without a problem body, made where no handler ran: keeps their status and headers and adds what the status means. */
const toProblem = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  if (response.status < 400 || response.headers["content-type"] === PROBLEM_JSON) return response
  const { "content-type": _type, "content-length": _length, ...headers } = response.headers
  return problem(response.status, details[response.status], { headers })
}

const details: Readonly<Record<number, string>> = {
  413: "The body is larger than this service accepts.",
  415: "The content type of the body is not supported here.",
  500: "Something went wrong on our side. It has been logged under the id in X-Request-Id.",
  503: "The service is stopping or not ready. Try again shortly.",
}

const recovered = (routes: ReadonlyArray<KnownRoute>, cause: Cause.Cause<unknown>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (isRouteNotFound(cause)) return notFound(routes, request)
    const [response] = yield* HttpServerError.causeResponse(cause)
    if (response.status >= 500 && !Cause.hasInterruptsOnly(cause)) {
      const path = request.url.split("?", 1)[0]
      yield* Effect.logError("request failed", cause).pipe(Effect.annotateLogs({ method: request.method, path }))
    }
    return response
  })

/**
 * A router for routes to be added to, which answers whatever reaches no handler as problem+json: 404 for an unknown path,
 * 405 with Allow for an unknown method of a known path, and failures and defects by their status, logged when it is 5xx.
 */
export const layer: Layer.Layer<HttpRouter.HttpRouter, never, HttpRouter.HttpRouter> = Layer.effect(
  HttpRouter.HttpRouter,
  Effect.gen(function* () {
    const router = yield* HttpRouter.HttpRouter
    const routes: Array<KnownRoute> = []
    yield* router.addGlobalMiddleware(
      (effect): Effect.Effect<HttpServerResponse.HttpServerResponse, Types.unhandled, HttpServerRequest.HttpServerRequest> =>
        effect.pipe(
          Effect.catchCause((cause) => recovered(routes, cause)),
          Effect.map(toProblem),
        ),
    )
    return HttpRouter.HttpRouter.of({
      ...router,
      addAll: (added) => {
        for (const { method, path, prefix } of added) routes.push(known(method, `${Option.getOrElse(prefix, () => "")}${path}`))
        return router.addAll(added)
      },
      add: (method, path, handler, options) => {
        routes.push(known(method, path))
        return router.add(method, path, handler, options)
      },
    })
  }),
)
