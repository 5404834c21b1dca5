import { HttpServerResponse } from "effect/http"
import { STATUS_CODES } from "node:http"

/** The media type of RFC 9457. */
export const PROBLEM_JSON = "application/problem+json"

/** The body of a problem: the status says which kind, `detail` what is wrong and what to do about it. */
export const problemBody = (status: number, detail?: string) => ({
  type: "about:blank",
  title: STATUS_CODES[status] ?? "Error",
  status,
  ...(detail === undefined ? {} : { detail }),
})

/** An answer that says what went wrong (RFC 9457). `members` are further members of the body, such as `errors`. */
export const problem = (
  status: number,
  detail?: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly members?: Readonly<Record<string, unknown>> } = {},
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe(
    { ...problemBody(status, detail), ...options.members },
    { status, contentType: PROBLEM_JSON, ...(options.headers === undefined ? {} : { headers: options.headers }) },
  )
