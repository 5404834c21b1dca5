import { askCard, asker } from "#lib/report/ask.server.ts"
import { isDimension } from "#lib/report/question/dimensions.ts"
import { problem, respond } from "#lib/server/respond.ts"
import type { RequestHandler } from "./$types"

/** Rows for a card or for the details: the parameters of the overview, and `dimension`, `limit` (or `card`) and `cursor`. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
  const dimension = url.searchParams.get("dimension") ?? ""
  if (!isDimension(dimension)) return problem(400, "There is no such dimension.")
  const about = asker(locals.api, params.project)
  const project = await about.project()
  if (!project.ok) return respond(project)
  const question = await about.question(url.searchParams, project.value.timeZone, Date.now())
  if (url.searchParams.get("limit") === "card") return respond((await about.several(askCard(question, dimension)))[0])
  const limit = Math.min(1000, Math.max(1, Number(url.searchParams.get("limit")) || 100))
  return respond(await about.breakdown(question, dimension, limit, url.searchParams.get("cursor") ?? undefined))
}
