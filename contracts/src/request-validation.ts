import { Effect } from "effect"
import type { Context, Layer, Schema } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import type { HttpApiError } from "effect/http-api"
import { fieldErrorsOf } from "./field-errors.ts"
import type { FieldError } from "./field-errors.ts"

const places = { Params: "path", Query: "query", Headers: "header", Payload: "body", Body: "body", ResponseHeaders: "header" } as const

/** What is wrong with a request that does not match the contract. */
export const fieldErrors = (error: HttpApiError.HttpApiSchemaError): ReadonlyArray<FieldError> =>
  fieldErrorsOf(error.cause.issue, places[error.kind])

/**
 * The layer of a generated `RequestValidation`: a request that does not match the contract is answered with the problem that
 * `make` builds. Our own answers that do not match stay errors; they are bugs of the handler and end as 500.
 */
export const layerRequestValidation = <Id, E extends Schema.Top>(
  service: Context.Service<Id, HttpApiMiddleware.HttpApiMiddleware<never, E, never>>,
  make: (errors: ReadonlyArray<FieldError>) => NoInfer<E>["Type"],
): Layer.Layer<Id> =>
  HttpApiMiddleware.layerSchemaErrorTransform<Id, Schema.Top, never>(service, (error) =>
    Effect.fail(error.kind === "Body" || error.kind === "ResponseHeaders" ? error : make(fieldErrors(error))),
  )
