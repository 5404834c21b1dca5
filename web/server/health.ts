import type { IncomingMessage, ServerResponse } from "node:http"
import { PROBLEM_JSON, problemBody } from "./problem.ts"
import type { Settings } from "./settings.ts"

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, {
    "content-type": status < 400 ? "application/json" : PROBLEM_JSON,
    "cache-control": "no-store",
    ...(status === 503 ? { "retry-after": "1" } : {}),
  })
  response.end(JSON.stringify(body))
}

const unready = problemBody(503, "The query service cannot be reached or is not ready.")

/**
 * Answers `/health/live` (this process runs) and `/health/ready` (questions can be answered, so query is ready too) and says
 * whether it did.
 */
export const health = (settings: Settings, request: IncomingMessage, response: ServerResponse): boolean => {
  const path = request.url?.split("?", 1)[0]
  if (path === "/health/live") {
    send(response, 200, { status: "ok" })
    return true
  }
  if (path !== "/health/ready") return false
  fetch(new URL("/health/ready", settings.queryUrl), { signal: AbortSignal.timeout(2000) }).then(
    (answer) => (answer.ok ? send(response, 200, { status: "ok" }) : send(response, 503, unready)),
    () => send(response, 503, unready),
  )
  return true
}
