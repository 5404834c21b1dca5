import type { Project, Timeseries, TimeseriesQuery } from "@footfall/sdk/api"
import { addDays, dayIn } from "#lib/format/days.ts"
import type { Api } from "#lib/server/api.ts"
import { ask } from "#lib/server/answer.ts"
import type { Answer } from "#lib/server/answer.ts"

/** What a project shows in a list: today, and the days that led to it, oldest first. */
export interface Glance {
  readonly today: number
  readonly days: ReadonlyArray<{ readonly value: number; readonly unfinished: boolean }>
}

/** So many projects are asked about at a time, so that a long list does not flood the warehouse. */
const atOnce = 6

const toGlance = (answer: Answer<Timeseries>): Answer<Glance> => {
  if (!answer.ok) return answer
  const days = answer.value.buckets.map((bucket) => ({ value: bucket.metrics.visitors ?? 0, unfinished: bucket.partial }))
  return { ok: true, value: { today: days.at(-1)?.value ?? 0, days } }
}

/** Asks for the visitors of the last seven days of each project, in the project's own time zone. One answer per project, by id. */
export const glances = (api: Api, projects: ReadonlyArray<Project>, now: number): ReadonlyMap<string, Promise<Answer<Glance>>> => {
  const lanes: Array<Promise<unknown>> = Array.from({ length: atOnce }, () => Promise.resolve())
  return new Map(
    projects.map(({ id, timeZone }, index) => {
      const today = dayIn(timeZone, now)
      const lane = index % atOnce
      const query: TimeseriesQuery = { from: addDays(today, -6), to: addDays(today, 1), interval: "day", metrics: ["visitors"] }
      const answer = lanes[lane]!.then(() =>
        ask(api.analytics.GET("/v1/projects/{projectId}/timeseries", { params: { path: { projectId: id }, query } })),
      ).then(toGlance)
      lanes[lane] = answer
      return [id, answer]
    }),
  )
}
