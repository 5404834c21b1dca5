import { asker } from "#lib/features/overview/ask.server.ts"
import { askOverview } from "#lib/features/overview/overview.server.ts"
import { respond } from "#lib/server/respond.ts"
import type { RequestHandler } from "./$types"

/** All numbers of the overview for the parameters of its address, for the page that is open already. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
  const project = await asker(locals.api, params.project).project()
  if (!project.ok) return respond(project)
  const overview = await askOverview(locals.api, project.value, url.searchParams, Infinity)
  // Cards without the numbers that they belong to are no answer.
  return respond(overview.timeseries.ok ? { ok: true, value: overview } : overview.timeseries)
}
