import type {
  BadRequest,
  Forbidden,
  PayloadTooLarge,
  ServiceUnavailable,
  TooManyRequests,
  Unauthorized,
  UnsupportedMediaType,
} from "@footfall/contracts/generated/shared"
import { PROBLEM_JSON } from "@footfall/platform/Problem"
import { HttpServerResponse } from "effect/http"

/** The problems that the contract declares for sending events. */
export type EventsProblem =
  | BadRequest
  | Unauthorized
  | Forbidden
  | PayloadTooLarge
  | UnsupportedMediaType
  | TooManyRequests
  | ServiceUnavailable

const headersOf = (problem: EventsProblem): Record<string, string> => {
  if ("headers" in problem) return { "retry-after": String(problem.headers["retry-after"]) }
  return problem.status === 401 ? { "www-authenticate": "Bearer" } : {}
}

/** A problem of the contract as an answer, with these headers besides its own. */
export const problemOf = (problem: EventsProblem, headers: Readonly<Record<string, string>>): HttpServerResponse.HttpServerResponse => {
  const { type, title, status, detail } = problem
  const errors = "errors" in problem ? { errors: problem.errors } : {}
  return HttpServerResponse.jsonUnsafe(
    { type, title, status, ...(detail === undefined ? {} : { detail }), ...errors },
    { status, contentType: PROBLEM_JSON, headers: { ...headers, ...headersOf(problem) } },
  )
}
