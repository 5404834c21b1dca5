import { error as refuse, redirect } from "@sveltejs/kit"
import type { RequestEvent } from "@sveltejs/kit"
import type { Handle, HandleServerError } from "@sveltejs/kit/hooks"
import { log } from "#server/log.ts"
import { apiFor } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import { orHold } from "#lib/server/holding.ts"
import { namesDefaultAction } from "#lib/server/reservedAction.ts"
import { asProblem, problem } from "#lib/server/respond.ts"
import { readSession } from "#lib/server/session.ts"
import { readTheme } from "#lib/server/theme.ts"

/** Everything else needs a session; what is forgotten here is closed, not open. */
const open = new Set(["/login", "/setup", "/theme", "/source", "/flags/[code]"])

/** What our pages ask for by script: JSON, and problems as JSON. These are all routes of the app that are no pages. */
const forPrograms = new Set(
  Object.keys(import.meta.glob("./routes/**/+server.ts"))
    .map((file) => file.replace(/^\.\/routes(.*)\/\+server\.ts$/, "$1"))
    .filter((id) => id.startsWith("/(app)/")),
)

/** Where somebody without a session begins: at the set-up of a fresh instance, else at the sign-in page. */
const entrance = async (event: RequestEvent): Promise<string> => {
  const setup = await ask(event.locals.api.management.GET("/v1/setup"))
  if (setup.ok && setup.value.needed) return "/setup"
  const next = event.url.pathname + event.url.search
  return next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`
}

export const handle: Handle = (input) => orHold(input.event, readTheme(input.event.cookies), answer(input))

const answer = async ({ event, resolve }: Parameters<Handle>[0]): Promise<Response> => {
  event.locals.token = readSession(event.cookies)
  event.locals.api = apiFor(event.locals.token, event.request.headers.get("x-forwarded-for") ?? "")
  const forProgram = forPrograms.has(event.route.id ?? "")
  if (!event.locals.token && event.route.id && !open.has(event.route.id)) {
    if (forProgram) return problem(401, "Sign in first.")
    redirect(303, await entrance(event))
  }
  if (event.request.method === "POST" && namesDefaultAction(event.url.searchParams)) refuse(404, { message: "There is no such form." })
  const theme = readTheme(event.cookies)
  const resolved = await resolve(event, { transformPageChunk: ({ html }) => html.replace("%footfall.theme%", theme) })
  const response = forProgram ? asProblem(resolved) : resolved
  // What a session shows must not come back with the Back button when the session is over.
  const cached = event.locals.token ? "private, no-store" : "private, no-cache"
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", cached)
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
