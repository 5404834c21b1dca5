import { failureFrom, type Answer, type Failure } from "#lib/answer.ts"

export type { Answer, Failure } from "#lib/answer.ts"

const unreachable: Failure = {
  status: 503,
  title: "The server cannot be reached",
  detail: "The query service did not answer. It may be starting; try again in a moment.",
  errors: [],
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
