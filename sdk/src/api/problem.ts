import type { FieldError, Problem } from "./types.ts"

/** Whether a value is problem details (RFC 9457). */
export const isProblem = (value: unknown): value is Problem => {
  const problem = value as Partial<Problem> | null
  return (
    typeof problem === "object" &&
    typeof problem?.type === "string" &&
    typeof problem.title === "string" &&
    typeof problem.status === "number"
  )
}

/** An answer of the API that is no success, thrown by `unwrap`. */
export class ProblemError extends Error {
  override readonly name = "ProblemError"
  readonly status: number
  readonly problem: Problem
  /** Where the request is wrong; empty unless the status is 400. */
  readonly errors: ReadonlyArray<FieldError>
  /** Seconds after which to try again, when the server said so (429 and 503). */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title)
    this.status = problem.status
    this.problem = problem
    this.errors = (problem as { errors?: FieldError[] }).errors ?? []
    this.retryAfter = retryAfter
  }
}

/**
 * The data of an answer; a `ProblemError` when it is no success, also when something between us and the server (a proxy)
 * answered in its own words. Network failures reject as they come from `fetch`.
 */
export const unwrap = async <Data>(answer: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> => {
  const { data, error, response } = await answer
  if (response.ok) return data as Data
  const unspoken = { type: "about:blank", title: response.statusText || "HTTP " + response.status, status: response.status }
  const seconds = Number(response.headers.get("retry-after") ?? NaN)
  throw new ProblemError(isProblem(error) ? error : unspoken, Number.isFinite(seconds) ? seconds : undefined)
}
