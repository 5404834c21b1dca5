import { asker } from "#lib/features/overview/ask.server.ts"
import { isDimension } from "#lib/features/overview/dimensions.ts"
import { readQuestion } from "#lib/features/overview/question.ts"
import { ask } from "#lib/server/answer.ts"
import { problem, respond } from "#lib/server/respond.ts"
import type { RequestHandler } from "./$types"

/** Rows for a card or for the details: the parameters of the overview, and `dimension`, `limit` and `cursor`. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
  const dimension = url.searchParams.get("dimension") ?? ""
  if (!isDimension(dimension)) return problem(400, "There is no such dimension.")
  const project = await ask(locals.api.management.GET("/v1/projects/{projectId}", { params: { path: { projectId: params.project } } }))
  if (!project.ok) return respond(project)
  const question = readQuestion(url.searchParams, project.value.timeZone, Date.now())
  const limit = Math.min(1000, Math.max(1, Number(url.searchParams.get("limit")) || 100))
  return respond(await asker(locals.api, params.project).breakdown(question, dimension, limit, url.searchParams.get("cursor") ?? undefined))
}
