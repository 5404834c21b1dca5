import { ask } from "#lib/server/answer.ts"
import { stillSignedIn } from "#lib/server/must.ts"
import { settings } from "#lib/server/settings.ts"
import type { PageServerLoad } from "./$types"

export const load: PageServerLoad = async (event) => {
  const path = { projectId: event.params.project }
  const first = await ask(event.locals.api.analytics.GET("/v1/projects/{projectId}/first-event", { params: { path } }))
  if (!first.ok) stillSignedIn(event, first.failure)
  // Not known is as good as none: the page goes on looking.
  // It may have a path: that of a site's own proxy.
  return { ingestUrl: settings().ingestUrl.href.replace(/\/+$/, ""), firstEvent: first.ok ? first.value.event : null }
}
