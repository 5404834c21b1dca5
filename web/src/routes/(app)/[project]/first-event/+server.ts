import { ask } from "#lib/server/answer.ts"
import { respond } from "#lib/server/respond.ts"
import type { RequestHandler } from "./$types"

export const GET: RequestHandler = async ({ params, locals }) =>
  respond(await ask(locals.api.analytics.GET("/v1/projects/{projectId}/first-event", { params: { path: { projectId: params.project } } })))
