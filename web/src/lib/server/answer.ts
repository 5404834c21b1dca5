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

const unreachable: Failure = {
  status: 503,
  title: "The server cannot be reached",
  detail: "The query service did not answer. It may be starting; try again in a moment.",
  errors: [],
}

const failureFrom = (response: Response, problem: unknown): Failure => {
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

/** Waits for a call of the typed client and makes of it an answer or a failure; it never rejects. */
export const ask = async <T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Answer<T>> => {
  try {
    const { data, error, response } = await call
    return response.ok ? { ok: true, value: data as T } : { ok: false, failure: failureFrom(response, error) }
  } catch {
    return { ok: false, failure: unreachable }
  }
}
