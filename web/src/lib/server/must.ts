import { error, redirect } from "@sveltejs/kit"
import type { RequestEvent } from "@sveltejs/kit"
import type { Answer, Failure } from "./answer.ts"

/**
 * Sends a person whose session is over to the sign-in page, and from there back to where they were. The cookie is forgotten there: here
 * another load of the same page may have answered already, and then SvelteKit takes no cookie any more.
 */
const signIn = (event: Pick<RequestEvent, "url">): never =>
  redirect(303, `/login?next=${encodeURIComponent(event.url.pathname + event.url.search)}`)

/** Ends the request when the session is over; any other failure is left to the caller. */
export const stillSignedIn = (event: Pick<RequestEvent, "url">, failure: Failure): void => {
  if (failure.status === 401) signIn(event)
}

/** The value of an answer without which there is no page; otherwise the sign-in page or the error page. */
export const must = <T>(event: Pick<RequestEvent, "url">, answer: Answer<T>): T => {
  if (answer.ok) return answer.value
  stillSignedIn(event, answer.failure)
  // A malformed id in the address names nothing, just as an unknown one.
  error(answer.failure.status === 400 ? 404 : answer.failure.status, { message: answer.failure.detail })
}
