import type { Breakdown, Dimension, Online, Project, Timeseries } from "@footfall/sdk/api"
import type { Api } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import type { Answer } from "#lib/server/answer.ts"
import { dayIn } from "#lib/format/days.ts"
import { cardLimit, cardPool } from "./dimensions.ts"
import { needsFirstDay, readQuestion, toQuery } from "./question.ts"
import type { Question } from "./question.ts"
import { leaders } from "./rows.ts"

/** The questions of the overview about one project. */
export const asker = (api: Api, projectId: string) => {
  const path = { projectId }
  const firstEvent = () => ask(api.analytics.GET("/v1/projects/{projectId}/first-event", { params: { path } }))
  const breakdown = (question: Question, dimension: Dimension, limit: number, cursor?: string): Promise<Answer<Breakdown>> => {
    const query = { ...toQuery(question), dimension, limit, ...(cursor ? { cursor } : {}) }
    return ask(api.analytics.GET("/v1/projects/{projectId}/breakdown", { params: { path, query } }))
  }
  return {
    project: (): Promise<Answer<Project>> => ask(api.management.GET("/v1/projects/{projectId}", { params: { path } })),

    timeseries: (question: Question): Promise<Answer<Timeseries>> =>
      ask(api.analytics.GET("/v1/projects/{projectId}/timeseries", { params: { path, query: toQuery(question) } })),

    /** The rows that a card chooses from. */
    card: async (question: Question, dimension: Dimension): Promise<Answer<Breakdown>> => {
      const answer = await breakdown(question, dimension, cardPool)
      return answer.ok ? { ok: true, value: { ...answer.value, rows: leaders(answer.value.rows, cardLimit) } } : answer
    },

    /** `limit` rows after `cursor`, most visitors first. */
    breakdown,

    /** What an address asks. */
    question: async (params: URLSearchParams, timeZone: string, now: number): Promise<Question> => {
      const first = needsFirstDay(params) ? await firstEvent() : undefined
      const at = first?.ok ? first.value.event?.timestamp : undefined
      return readQuestion(params, timeZone, now, at === undefined ? undefined : dayIn(timeZone, Date.parse(at)))
    },

    online: (): Promise<Answer<Online>> => ask(api.analytics.GET("/v1/projects/{projectId}/online", { params: { path } })),

    firstEvent,
  }
}
