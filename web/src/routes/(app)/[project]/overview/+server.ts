import { refreshOverview } from "#lib/features/overview/overview.server.ts"
import { isDay, isTimeZone } from "#lib/format/days.ts"
import { respond } from "#lib/server/respond.ts"
import { asker } from "#lib/report/ask.server.ts"
import type { RequestHandler } from "./$types"

/**
 * All numbers of the overview for the parameters of its address, for the page that is open already. `zone` and `first` are what that page
 * knows of the project: its time zone and the day of its first event.
 */
export const GET: RequestHandler = async ({ params, url, locals }) => {
  const [zone, first] = [url.searchParams.get("zone") ?? "", url.searchParams.get("first") ?? ""]
  const project = isTimeZone(zone) ? undefined : await asker(locals.api, params.project).project()
  if (project?.ok === false) return respond(project)
  const known = { timeZone: project?.value.timeZone ?? zone, firstDay: isDay(first) ? first : undefined }
  const overview = await refreshOverview(locals.api, params.project, url.searchParams, known)
  // Cards without the numbers that they belong to are no answer.
  return respond(overview.timeseries.ok ? { ok: true, value: overview } : overview.timeseries)
}
