import { NodeHttpServerRequest } from "@effect/platform-node"
import { Cause, Context, Effect, Layer, Option, type Types } from "effect"
import { HttpRouter, HttpServerError, HttpServerRequest, HttpServerResponse } from "effect/http"
import type { IncomingMessage } from "node:http"
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

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? url

const isEncoded = (path: string): boolean => {
  try {
    decodeURI(path)
    return true
  } catch {
    return false
  }
}

/** The methods that some route of this path answers, for the Allow header; none when no route has the path. */
const allowed = (routes: ReadonlyArray<KnownRoute>, path: string): ReadonlyArray<string> => {
  const methods = new Set(routes.filter((route) => route.method !== "*" && route.matches(path)).map((route) => route.method))
  if (methods.has("GET")) methods.add("HEAD")
  return [...methods].sort()
}

const isRouteNotFound = (cause: Cause.Cause<unknown>): boolean =>
  cause.reasons.some(
    (reason) => reason._tag === "Fail" && HttpServerError.isHttpServerError(reason.error) && reason.error.reason._tag === "RouteNotFound",
  )

/** The router finds no route for a path that it cannot decode, or with a parameter that is too long, whatever the method. */
const notFound = (routes: ReadonlyArray<KnownRoute>, request: HttpServerRequest.HttpServerRequest) => {
  const path = pathOf(request.url)
  if (!isEncoded(path)) return problem(400, "The path is not valid percent-encoded UTF-8.")
  const methods = allowed(routes, path)
  return methods.length === 0 || methods.includes(request.method)
    ? problem(404, "There is nothing at this path.")
    : problem(405, `This path supports ${methods.join(", ")}.`, { headers: { allow: methods.join(", ") } })
}

/** Answers without a problem body, made where no handler ran: keeps their status and headers and adds what the status means. */
const toProblem = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  if (response.status < 400 || response.headers["content-type"] === PROBLEM_JSON) return response
  const { "content-type": _type, "content-length": _length, ...headers } = response.headers
  return problem(response.status, details[response.status], { headers })
}

const details: Readonly<Record<number, string>> = {
  413: "The body is larger than this service accepts.",
  415: "This content type is not supported.",
  500: "Something went wrong on the server. It is logged under the id in X-Request-Id.",
  503: "The service is stopping or not ready yet. Try again shortly.",
}

const recovered = (routes: ReadonlyArray<KnownRoute>, cause: Cause.Cause<unknown>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (isRouteNotFound(cause)) return notFound(routes, request)
    const [response] = yield* HttpServerError.causeResponse(cause)
    if (response.status >= 500 && !Cause.hasInterruptsOnly(cause)) {
      yield* Effect.logError("request failed", cause).pipe(Effect.annotateLogs({ method: request.method, path: pathOf(request.url) }))
    }
    return response
  })

/** How many Host headers a request has; Node gives the first of them alone, and a proxy in between may have gone by another. */
const hostsOf = ({ rawHeaders }: IncomingMessage): number => {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === "host") count++
  }
  return count
}

/** What is wrong with the Host of a request, which RFC 9112 wants exactly once, if anything. */
const hostFault = (source: IncomingMessage): string | undefined => {
  const hosts = hostsOf(source)
  if (hosts > 1) return "A request must have only one Host header."
  return hosts === 0 && source.httpVersionMinor > 0 ? "A request must have a Host header." : undefined
}

/** True while the body has not arrived: an answer now comes before the request is over. */
const isUnread = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"]) > 0)

/** A refusal as a problem. When it comes before the body, the connection ends with it: nobody would read the rest. */
const refusal = (response: HttpServerResponse.HttpServerResponse, source: IncomingMessage): HttpServerResponse.HttpServerResponse =>
  response.status >= 400 && isUnread(source)
    ? HttpServerResponse.setHeader(toProblem(response), "connection", "close")
    : toProblem(response)

/**
 * A router for routes to be added to, which answers whatever reaches no handler as problem+json: 404 for an unknown path,
 * 405 with Allow for an unknown method of a known path, 400 for a path that cannot be decoded and for a request without Host or with two,
 * and failures and defects by their status, logged when it is 5xx.
 */
export const layer: Layer.Layer<HttpRouter.HttpRouter, never, HttpRouter.HttpRouter> = Layer.effect(
  HttpRouter.HttpRouter,
  Effect.gen(function* () {
    const router = yield* HttpRouter.HttpRouter
    const routes: Array<KnownRoute> = []
    yield* router.addGlobalMiddleware(
      (effect): Effect.Effect<HttpServerResponse.HttpServerResponse, Types.unhandled, HttpServerRequest.HttpServerRequest> => {
        const answered = Effect.catchCause(effect, (cause) => recovered(routes, cause))
        return Effect.withFiber(({ context }) => {
          const request = Context.getUnsafe(context, HttpServerRequest.HttpServerRequest)
          const source = NodeHttpServerRequest.toIncomingMessage(request) as IncomingMessage // we serve HTTP/1.1 only
          const fault = hostFault(source)
          return fault === undefined
            ? Effect.map(answered, (response) => refusal(response, source))
            : Effect.succeed(refusal(problem(400, fault), source))
        })
      },
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
