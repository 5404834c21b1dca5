import type { Api } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import type { Answer } from "#lib/server/answer.ts"
import type { TrackingState } from "./tracking.ts"

/** How the tracking of a project is. */
export const askTracking = async (api: Api, projectId: string): Promise<Answer<TrackingState>> => {
  const params = { path: { projectId } }
  const [tracking, first] = await Promise.all([
    ask(api.analytics.GET("/v1/projects/{projectId}/tracking", { params })),
    ask(api.analytics.GET("/v1/projects/{projectId}/first-event", { params })),
  ])
  if (!tracking.ok) return tracking
  if (!first.ok) return first
  const { latestEventAt, bots } = tracking.value
  return {
    ok: true,
    value: { firstEvent: first.value.event, latest: latestEventAt === null ? null : Date.parse(latestEventAt), bots, now: Date.now() },
  }
}
