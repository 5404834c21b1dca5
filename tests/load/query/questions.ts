import type { createAnalyticsClient } from "@footfall/sdk/api"

type Analytics = ReturnType<typeof createAnalyticsClient>

/** What an answer says about its cost. */
export interface Cost {
  readonly rowsRead: number
  readonly elapsedMs: number
}

/** One question of one project. */
export interface Question {
  readonly name: string
  /** Ranges (epoch ms) that its answer is about; the compared one included. */
  readonly ranges: ReadonlyArray<readonly [number, number]>
  ask(analytics: Analytics): Promise<Cost | undefined>
}

const day = 86_400_000
const dimensions = [
  "page",
  "event",
  "entry_page",
  "source",
  "channel",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "country",
  "browser",
  "os",
  "device",
] as const

const answered = <A>({ data, error }: { data?: A; error?: unknown }): A => {
  if (data === undefined) throw new Error(`A question failed: ${JSON.stringify(error)}`)
  return data
}

/** Every question that the API answers, about a dataset that ends at `to` and began `days` before. */
export const questionsOf = (projectId: string, to: number, days: number): ReadonlyArray<Question> => {
  const path = { projectId }
  const edge = (at: number) => new Date(at).toISOString()
  const last = (count: number) => [to - Math.min(count, days) * day, to] as const
  const before = ([from, end]: readonly [number, number]) => [from - (end - from), from] as const
  const series = (
    name: string,
    interval: "hour" | "day" | "week" | "month",
    range: readonly [number, number],
    more: { readonly compare?: "previous_period"; readonly filter?: Array<string> } = {},
  ): Question => ({
    name: `timeseries ${name}`,
    ranges: more.compare === undefined ? [range] : [range, before(range)],
    ask: async (analytics) => {
      const query = { interval, from: edge(range[0]), to: edge(range[1]), ...more }
      return answered(await analytics.GET("/v1/projects/{projectId}/timeseries", { params: { path, query } })).meta
    },
  })
  const breakdown = (
    dimension: (typeof dimensions)[number],
    name: string,
    range: readonly [number, number],
    more: { readonly compare?: "previous_period"; readonly filter?: Array<string> } = {},
  ): Question => ({
    name: `breakdown ${name}`,
    ranges: more.compare === undefined ? [range] : [range, before(range)],
    ask: async (analytics) => {
      const query = { dimension, from: edge(range[0]), to: edge(range[1]), ...more }
      return answered(await analytics.GET("/v1/projects/{projectId}/breakdown", { params: { path, query } })).meta
    },
  })
  const all = last(days)
  return [
    series("7 days by hour", "hour", last(7)),
    series("30 days by day", "day", last(30)),
    series("30 days by day, compared", "day", last(30), { compare: "previous_period" }),
    series("all by hour", "hour", all),
    series("all by day", "day", all),
    series("all by week", "week", all),
    series("all by month", "month", all),
    series("all by day, country is DE", "day", all, { filter: ["country:is:DE"] }),
    series("all by day, page is /pricing", "day", all, { filter: ["page:is:/pricing"] }),
    series("all by day, event is subscribed", "day", all, { filter: ["event:is:subscribed"] }),
    series("all by day, device is not mobile, source is Google", "day", all, { filter: ["device:is_not:mobile", "source:is:Google"] }),
    ...dimensions.map((dimension) => breakdown(dimension, `${dimension}, 30 days`, last(30))),
    ...dimensions.map((dimension) => breakdown(dimension, `${dimension}, all`, all)),
    breakdown("page", "page, 30 days, compared", last(30), { compare: "previous_period" }),
    breakdown("country", "country, all, page is /pricing", all, { filter: ["page:is:/pricing"] }),
    {
      name: "online",
      ranges: [[Date.now() - 300_000, Date.now()]],
      ask: async (analytics) => answered(await analytics.GET("/v1/projects/{projectId}/online", { params: { path } })).meta,
    },
    {
      name: "first-event",
      ranges: [],
      ask: async (analytics) => {
        answered(await analytics.GET("/v1/projects/{projectId}/first-event", { params: { path } }))
        return undefined
      },
    },
  ]
}
