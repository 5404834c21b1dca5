/** What the API says about one value that it did not like. */
export interface FieldError {
  readonly pointer: string
  readonly message: string
}

/** Why a question was not answered, in words for a person. `status` is 503 as well when nobody answered at all. */
export interface Failure {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors: ReadonlyArray<FieldError>
  /** Seconds after which asking again may help. */
  readonly retryAfter?: number
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? { ...value } : {})
const text = (value: unknown, otherwise: string): string => (typeof value === "string" && value !== "" ? value : otherwise)

/** The failure that a problem (RFC 9457) tells of, whatever is missing in it. */
export const failureOf = (status: number, problem: unknown, retryAfter: number, untitled = `Status ${status}`): Failure => {
  const { title, detail, errors } = record(problem)
  return {
    status,
    title: text(title, untitled),
    detail: text(detail, "The server gave no reason."),
    errors: (Array.isArray(errors) ? errors : [])
      .map(record)
      .map((error) => ({ pointer: text(error.pointer, ""), message: text(error.message, "") })),
    ...(retryAfter > 0 ? { retryAfter } : {}),
  }
}

/** The failure that an answer and its problem+json tell of. */
export const failureFrom = (response: Response, problem: unknown): Failure =>
  failureOf(response.status, problem, Number(response.headers.get("retry-after")), response.statusText || undefined)
