import type { Breakdown, Dimension, Online, Project, Question as Asked, Timeseries } from "@footfall/sdk/api"
import { failureOf } from "#lib/answer.ts"
import { dayIn } from "#lib/format/days.ts"
import type { Api } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import type { Answer } from "#lib/server/answer.ts"
import { leaders } from "./cards/rows.ts"
import { cardLimit, cardPool } from "./cards/spec.ts"
import { needsFirstDay, readQuestion, toQuery } from "./question/question.ts"
import type { Question } from "./question/question.ts"

/** A question of the API, and what its answer says. */
interface Ask<T> {
  readonly question: Asked
  readonly read: (value: T) => unknown
}

/** The time series of a question. */
export const askTimeseries = (question: Question): Ask<Timeseries> => ({
  question: { kind: "timeseries", ...toQuery(question) },
  read: (value) => value,
})

/** The rows that a card chooses from. */
export const askCard = (question: Question, dimension: Dimension): Ask<Breakdown> => ({
  question: { kind: "breakdown", ...toQuery(question), dimension, limit: cardPool },
  read: (value) => ({ ...value, rows: leaders(value.rows, cardLimit) }),
})

/** Who is on the site. */
export const askOnline: Ask<Online> = { question: { kind: "online" }, read: (value) => value }

/** Questions about one project. */
export const asker = (api: Api, projectId: string) => {
  const path = { projectId }
  const firstEvent = () => ask(api.analytics.GET("/v1/projects/{projectId}/first-event", { params: { path } }))
  return {
    project: (): Promise<Answer<Project>> => ask(api.management.GET("/v1/projects/{projectId}", { params: { path } })),

    /** Several questions in one request. */
    several: async <Asks extends ReadonlyArray<Ask<never>>>(
      ...asks: Asks
    ): Promise<{ readonly [Place in keyof Asks]: Answer<Asks[Place] extends Ask<infer T> ? T : never> }> => {
      const questions = asks.map(({ question }) => question)
      const answered = await ask(api.analytics.POST("/v1/projects/{projectId}/questions", { params: { path }, body: { questions } }))
      return asks.map(({ read }, place) => {
        if (!answered.ok) return answered
        const answer = answered.value.answers[place]!
        if (answer.kind !== "problem") return { ok: true, value: read(answer.answer as never) }
        return { ok: false, failure: failureOf(answer.problem.status, answer.problem, answer.retryAfter) }
      }) as never
    },

    /** `limit` rows after `cursor`, most visitors first. */
    breakdown: (question: Question, dimension: Dimension, limit: number, cursor?: string): Promise<Answer<Breakdown>> => {
      const query = { ...toQuery(question), dimension, limit, ...(cursor ? { cursor } : {}) }
      return ask(api.analytics.GET("/v1/projects/{projectId}/breakdown", { params: { path, query } }))
    },

    /** What an address asks. */
    question: async (params: URLSearchParams, timeZone: string, now: number): Promise<Question> => {
      const first = needsFirstDay(params) ? await firstEvent() : undefined
      const at = first?.ok ? first.value.event?.timestamp : undefined
      return readQuestion(params, timeZone, now, at === undefined ? undefined : dayIn(timeZone, Date.parse(at)))
    },

    firstEvent,
  }
}
