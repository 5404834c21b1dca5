import { asker } from "#lib/report/ask.server.ts"
import { isDimension } from "#lib/report/question/dimensions.ts"
import { askOverview } from "#lib/features/overview/overview.server.ts"
import { must, stillSignedIn } from "#lib/server/must.ts"
import type { PageServerLoad } from "./$types"

/** How long a first page waits for its cards before they are streamed, in milliseconds. */
const patience = 600

/** Rows of the details that stand in the page itself; more come by script. */
const detailRows = 100

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals
  // Untracked, so that this brings the first view only. The open page asks for others itself: what cannot be had must not cost what is shown.
  const params = event.untrack(() => new URLSearchParams(event.url.search))
  // Asked for beside the layout, which asks for all projects.
  const about = asker(api, event.params.project)
  const found = await about.project()
  const project = event.untrack(() => must(event, found))

  const details = params.get("d") ?? ""
  const [overview, rows] = await Promise.all([
    askOverview(api, project, params, event.isDataRequest ? Infinity : patience),
    isDimension(details) && !event.isDataRequest
      ? about.question(params, project.timeZone, Date.now()).then((question) => about.breakdown(question, details, detailRows))
      : undefined,
  ])
  const { timeseries } = overview
  if (!timeseries.ok) event.untrack(() => stillSignedIn(event, timeseries.failure))
  return { overview, details: rows }
}
