import { askTracking } from "#lib/features/install/tracking.server.ts"
import { stillSignedIn } from "#lib/server/must.ts"
import { settings } from "#lib/server/settings.ts"
import type { PageServerLoad } from "./$types"

export const load: PageServerLoad = async (event) => {
  const tracking = await askTracking(event.locals.api, event.params.project)
  if (!tracking.ok) stillSignedIn(event, tracking.failure)
  // Not known is as good as none: the page goes on looking.
  // It may have a path: that of a site's own proxy.
  return { ingestUrl: settings().ingestUrl.href.replace(/\/+$/, ""), tracking: tracking.ok ? tracking.value : undefined }
}
