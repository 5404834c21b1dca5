import { json, redirect } from "@sveltejs/kit"
import type { RequestEvent } from "@sveltejs/kit"
import type { Handle, HandleServerError } from "@sveltejs/kit/hooks"
import { log } from "#server/log.ts"
import { apiFor } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import { readSession } from "#lib/server/session.ts"
import { readTheme } from "#lib/server/theme.ts"

/** Everything else needs a session; what is forgotten here is closed, not open. */
const open = new Set(["/login", "/setup", "/theme", "/source", "/flags/[code]"])

/** Where somebody without a session begins: at the set-up of a fresh instance, else at the sign-in page. */
const entrance = async (event: RequestEvent): Promise<string> => {
  const setup = await ask(event.locals.api.management.GET("/v1/setup"))
  if (setup.ok && setup.value.needed) return "/setup"
  const next = event.url.pathname + event.url.search
  return next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`
}

const unauthorized = { type: "about:blank", title: "Unauthorized", status: 401, detail: "Sign in first." }

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.token = readSession(event.cookies)
  event.locals.api = apiFor(event.locals.token, event.getClientAddress())
  if (!event.locals.token && event.route.id && !open.has(event.route.id)) {
    const wantsJson = event.request.method === "GET" && !event.isDataRequest && event.request.headers.get("accept") === "application/json"
    if (wantsJson) return json(unauthorized, { status: 401, headers: { "content-type": "application/problem+json" } })
    redirect(303, await entrance(event))
  }
  const theme = readTheme(event.cookies)
  const response = await resolve(event, { transformPageChunk: ({ html }) => html.replace("%footfall.theme%", theme) })
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private, no-cache")
  return response
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== "unknown") return
  log("error", "request failed", {
    method: event.request.method,
    path: event.url.pathname,
    error: error instanceof Error ? error.stack : String(error),
  })
  return { message: "Something broke on our side. It has been logged." }
}
