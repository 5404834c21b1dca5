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

/** The failure that an answer and its problem+json (RFC 9457) tell of, whatever is missing in it. */
export const failureFrom = (response: Response, problem: unknown): Failure => {
  const { title, detail, errors } = record(problem)
  const retryAfter = Number(response.headers.get("retry-after"))
  return {
    status: response.status,
    title: text(title, response.statusText || `Status ${response.status}`),
    detail: text(detail, "The server gave no reason."),
    errors: (Array.isArray(errors) ? errors : [])
      .map(record)
      .map((error) => ({ pointer: text(error.pointer, ""), message: text(error.message, "") })),
    ...(retryAfter > 0 ? { retryAfter } : {}),
  }
}
