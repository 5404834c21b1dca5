import type { Breakdown, Dimension, Online, Project, Timeseries } from "@footfall/sdk/api"
import type { Api } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import type { Answer } from "#lib/server/answer.ts"
import { toQuery } from "./question.ts"
import type { Question } from "./question.ts"

/** The questions of the overview about one project. */
export const asker = (api: Api, projectId: string) => {
  const path = { projectId }
  return {
    project: (): Promise<Answer<Project>> => ask(api.management.GET("/v1/projects/{projectId}", { params: { path } })),

    timeseries: (question: Question): Promise<Answer<Timeseries>> =>
      ask(api.analytics.GET("/v1/projects/{projectId}/timeseries", { params: { path, query: toQuery(question) } })),

    /** `limit` rows after `cursor`, most visitors first. */
    breakdown: (question: Question, dimension: Dimension, limit: number, cursor?: string): Promise<Answer<Breakdown>> => {
      const query = { ...toQuery(question), dimension, limit, ...(cursor ? { cursor } : {}) }
      return ask(api.analytics.GET("/v1/projects/{projectId}/breakdown", { params: { path, query } }))
    },

    online: (): Promise<Answer<Online>> => ask(api.analytics.GET("/v1/projects/{projectId}/online", { params: { path } })),

    firstEvent: () => ask(api.analytics.GET("/v1/projects/{projectId}/first-event", { params: { path } })),
  }
}
