import { json } from "@sveltejs/kit"
import type { Answer } from "./answer.ts"

/** An answer as JSON for our own page, a failure as the problem that it is. Never cached. */
export const respond = <T>(answer: Answer<T>): Response => {
  if (answer.ok) return json(answer.value, { headers: { "cache-control": "no-store" } })
  const { status, title, detail, retryAfter } = answer.failure
  return json(
    { type: "about:blank", title, status, detail },
    {
      status,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        ...(retryAfter ? { "retry-after": String(retryAfter) } : {}),
      },
    },
  )
}
