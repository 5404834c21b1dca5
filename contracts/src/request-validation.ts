import { Effect } from "effect"
import type { Context, Layer, Schema } from "effect"
import { HttpServerRequest } from "effect/http"
import { HttpApiMiddleware } from "effect/http-api"
import type { HttpApiError } from "effect/http-api"
import { fieldErrorsOf } from "./field-errors.ts"
import type { FieldError } from "./field-errors.ts"
import { notJson } from "./json-fault.ts"

const places = { Params: "path", Query: "query", Headers: "header", Payload: "body", Body: "body", ResponseHeaders: "header" } as const

/** What is wrong with a request that does not match the contract. */
export const fieldErrors = (error: HttpApiError.HttpApiSchemaError): ReadonlyArray<FieldError> =>
  fieldErrorsOf(error.cause.issue, places[error.kind])

/** Where a body that should be JSON stops being JSON; nothing when it is JSON. The body was read already, so its text is at hand. */
const jsonErrors = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  const text = yield* request.text
  try {
    JSON.parse(text)
    return []
  } catch {
    return [{ in: "body", pointer: "", message: notJson(text) }] satisfies ReadonlyArray<FieldError>
  }
}).pipe(Effect.orElseSucceed(() => []))

/**
 * The layer of a generated `RequestValidation`: a request that does not match the contract is answered with the problem that
 * `make` builds. Our own answers that do not match stay errors; they are bugs of the handler and end as 500.
 */
export const layerRequestValidation = <Id, E extends Schema.Top>(
  service: Context.Service<Id, HttpApiMiddleware.HttpApiMiddleware<never, E, never>>,
  make: (errors: ReadonlyArray<FieldError>) => NoInfer<E>["Type"],
): Layer.Layer<Id> =>
  HttpApiMiddleware.layerSchemaErrorTransform<Id, Schema.Top, never>(
    service,
    Effect.fnUntraced(function* (error) {
      if (error.kind === "Body" || error.kind === "ResponseHeaders") return yield* Effect.fail(error)
      const unreadable = error.kind === "Payload" ? yield* jsonErrors : []
      return yield* Effect.fail(make(unreadable.length > 0 ? unreadable : fieldErrors(error)))
    }),
  )
