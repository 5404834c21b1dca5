import { json } from "@sveltejs/kit"
import { PROBLEM_JSON, problemBody } from "#server/problem.ts"
import type { Answer } from "./answer.ts"

/** A refusal for a program, as problem+json. Never cached. */
export const problem = (
  status: number,
  detail: string,
  more: { readonly title?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Response =>
  json(problemBody(status, detail, more.title), {
    status,
    headers: { "content-type": PROBLEM_JSON, "cache-control": "no-store", ...more.headers },
  })

/** An answer as JSON for our own page, a failure as the problem that it is. Never cached. */
export const respond = <T>(answer: Answer<T>): Response => {
  if (answer.ok) return json(answer.value, { headers: { "cache-control": "no-store" } })
  const { status, title, detail, retryAfter } = answer.failure
  return problem(status, detail, { title, headers: retryAfter ? { "retry-after": String(retryAfter) } : {} })
}

/** What SvelteKit itself answered in place of an endpoint, such as 405, as a problem; everything else stays as it is. */
export const asProblem = (response: Response): Response => {
  if (response.status < 400 || response.headers.get("content-type") === PROBLEM_JSON) return response
  const allow = response.headers.get("allow")
  return allow === null
    ? problem(response.status, "Something broke on our side. It has been logged.")
    : problem(response.status, `This address answers ${allow}.`, { headers: { allow } })
}
