import { failureFrom, type Answer, type Failure } from "#lib/answer.ts"

const unreachable: Failure = {
  status: 503,
  title: "Not reachable",
  detail: "The dashboard's server did not answer. It may be starting, or there is no network.",
  errors: [],
}

/** Leaves for the sign-in page, which leads back here. Nothing comes after. */
const signIn = (): Promise<never> => {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
  return new Promise(() => undefined)
}

/** Asks our own server for JSON; it never rejects. When the session is over, it leaves the page to have it begun anew. */
export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<Answer<T>> => {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) })
    if (response.ok) return { ok: true, value: (await response.json()) as T }
    return response.status === 401 ? await signIn() : { ok: false, failure: failureFrom(response, await response.json()) }
  } catch {
    return { ok: false, failure: unreachable }
  }
}
