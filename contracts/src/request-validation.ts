import { Effect, Layer } from "effect"
import type { Context, Schema, Types } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import type { HttpRouter } from "effect/http"
import { HttpApiError } from "effect/http-api"
import type { HttpApiEndpoint, HttpApiMiddleware } from "effect/http-api"
import { isUtf8 } from "node:buffer"
import { fieldErrorsOf } from "./field-errors.ts"
import type { FieldError } from "./field-errors.ts"
import { notJson } from "./json-fault.ts"
import { isInUtf8, isText, NOT_UTF8 } from "./text-body.ts"

const places = { Params: "path", Query: "query", Headers: "header", Payload: "body", Body: "body", ResponseHeaders: "header" } as const

type Answer<E, R> = Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>

const inBody = (message: string): ReadonlyArray<FieldError> => [{ in: "body", pointer: "", message }]

/** Where a body that should be JSON stops being JSON; nothing when it is JSON. The body was read already, so its text is at hand. */
const jsonErrors = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  const text = yield* request.text
  try {
    JSON.parse(text)
    return []
  } catch {
    return inBody(notJson(text))
  }
}).pipe(Effect.orElseSucceed(() => []))

/** Pointers to the parameters that the query of a request has several times. */
const repeatedParameters = Effect.map(
  HttpServerRequest.ParsedSearchParams,
  (query) => new Set(Object.keys(query).flatMap((name) => (Array.isArray(query[name]) ? [`/${name}`] : []))),
)

/** What is wrong with a request that does not match the contract. */
const requestErrors = Effect.fnUntraced(function* ({ cause, kind }: HttpApiError.HttpApiSchemaError) {
  const unreadable = kind === "Payload" ? yield* jsonErrors : []
  if (unreadable.length > 0) return unreadable
  return fieldErrorsOf(cause.issue, places[kind], "", kind === "Query" ? yield* repeatedParameters : undefined)
})

const unsupported = HttpServerResponse.jsonUnsafe(
  {
    type: "about:blank",
    title: "Unsupported Media Type",
    status: 415,
    detail: "Send the body as UTF-8 text, uncompressed (without Content-Encoding).",
  },
  { status: 415, contentType: "application/problem+json" },
)

/**
 * Lets an operation have its text only as what was sent. Effect would replace bytes that are not UTF-8 by U+FFFD, and read any
 * encoding as UTF-8. Bodies that are no text, and those that a handler reads itself, are left to them.
 */
const readable = <E, R>(
  { payload }: HttpApiEndpoint.Top,
  answer: Answer<E, R>,
  refused: (errors: ReadonlyArray<FieldError>) => Answer<E, R>,
): Answer<E, R | HttpServerRequest.HttpServerRequest> =>
  payload.size === 0
    ? answer
    : Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
        const { "content-type": type = "application/json", "content-encoding": coding = "identity" } = request.headers
        if (!isText(type)) return answer
        if (!isInUtf8(type) || coding.toLowerCase() !== "identity") return Effect.succeed(unsupported)
        return Effect.flatMap(Effect.orDie(request.arrayBuffer), (bytes) =>
          isUtf8(new Uint8Array(bytes)) ? answer : refused(inBody(NOT_UTF8)),
        )
      })

/**
 * The layer of a generated `RequestValidation`: a request that does not match the contract is answered with the problem that
 * `make` builds. Our own answers that do not match stay errors; they are bugs of the handler and end as 500.
 */
export const layerRequestValidation = <Id, E extends Schema.Top>(
  service: Context.Service<Id, HttpApiMiddleware.HttpApiMiddleware<never, E, never>>,
  make: (errors: ReadonlyArray<FieldError>) => NoInfer<E>["Type"],
): Layer.Layer<Id> =>
  Layer.succeed(service, (answer, { endpoint }) => {
    type Failure = Types.unhandled | HttpApiError.HttpApiSchemaError | E["Type"]
    const refused = (errors: ReadonlyArray<FieldError>): Answer<Failure, HttpRouter.Provided> => Effect.fail(make(errors))
    return Effect.catch(readable(endpoint, answer as Answer<Failure, HttpRouter.Provided>, refused), (error) =>
      HttpApiError.HttpApiSchemaError.is(error) && error.kind !== "Body" && error.kind !== "ResponseHeaders"
        ? Effect.flatMap(requestErrors(error), refused)
        : Effect.fail(error),
    )
  })
