/** A way by which people come: what the browser says about where it was, what the link carries, and where it leads. */
export interface Source {
  /** Share of first visits, in any unit. */
  readonly weight: number
  /** How many times as many come at the end of the first stretch as at its beginning; 1 unless set. */
  readonly trend?: number
  readonly referrer: string
  /** Query of the link, without the question mark. */
  readonly query?: string
  readonly landings: ReadonlyArray<{ readonly path: string; readonly weight: number }>
  /** How much more (or less) often these people sign up than others. */
  readonly intent: number
}

const to = (landings: Readonly<Record<string, number>>) => Object.entries(landings).map(([path, weight]) => ({ path, weight }))

const product = to({ "/": 14, "/pricing": 3, "/features": 3, "/features/quotes": 1 })
const reading = to({ "/blog/quotes-that-win": 5, "/blog/estimating-hours": 5, "/": 2, "/blog": 1 })
const search = to({
  "/": 8,
  "/blog/quotes-that-win": 5,
  "/blog/estimating-hours": 6,
  "/features/quotes": 2,
  "/docs": 2,
  "/pricing": 1,
  "/docs/import": 1,
})

/** People who type the address or have it in a bookmark. */
export const direct: Source = { weight: 24, referrer: "", landings: product, intent: 1.2 }

export const sources: ReadonlyArray<Source> = [
  direct,
  { weight: 27, referrer: "https://www.google.com/", landings: search, intent: 1 },
  { weight: 3, trend: 0.8, referrer: "https://www.bing.com/", landings: search, intent: 0.9 },
  { weight: 3, trend: 1.2, referrer: "https://duckduckgo.com/", landings: search, intent: 1 },
  { weight: 0.8, referrer: "https://www.ecosia.org/", landings: search, intent: 1 },
  {
    weight: 5,
    trend: 2.2,
    referrer: "https://chatgpt.com/",
    query: "utm_source=chatgpt.com",
    landings: to({ "/": 5, "/features": 3, "/pricing": 3, "/docs/api": 1 }),
    intent: 2,
  },
  {
    weight: 1.6,
    trend: 1.4,
    referrer: "https://www.perplexity.ai/",
    landings: to({ "/": 3, "/pricing": 2, "/blog/estimating-hours": 2 }),
    intent: 1.5,
  },
  { weight: 1, trend: 2.4, referrer: "https://claude.ai/", landings: to({ "/": 3, "/features": 2, "/docs": 1 }), intent: 1.6 },
  { weight: 4, referrer: "https://github.com/acornandoak/planner", landings: to({ "/docs/api": 4, "/docs": 3, "/": 3 }), intent: 0.8 },
  { weight: 3, trend: 0.7, referrer: "https://www.reddit.com/", landings: reading, intent: 0.5 },
  { weight: 1.4, referrer: "https://old.reddit.com/r/woodworking/", landings: reading, intent: 0.6 },
  { weight: 2.4, referrer: "https://www.linkedin.com/", landings: reading, intent: 0.9 },
  { weight: 2, trend: 0.6, referrer: "https://t.co/k7QmX2wLzA", landings: reading, intent: 0.5 },
  { weight: 1.6, trend: 1.3, referrer: "https://www.youtube.com/", landings: to({ "/": 4, "/features": 2 }), intent: 1.1 },
  { weight: 0.8, referrer: "https://lobste.rs/s/4kq2vd", landings: to({ "/blog/planner-for-sawdust": 1 }), intent: 0.4 },
  { weight: 1, referrer: "https://dev.to/", landings: to({ "/docs/api": 2, "/blog/planner-for-sawdust": 3 }), intent: 0.5 },
  { weight: 1.8, referrer: "https://www.carpentryweekly.example/tools/planning", landings: product, intent: 1.4 },
  {
    weight: 1,
    trend: 1.5,
    referrer: "https://toolreview.example/best-workshop-software",
    landings: to({ "/pricing": 3, "/": 2 }),
    intent: 2.2,
  },
  {
    weight: 4,
    referrer: "",
    query: "utm_source=newsletter&utm_medium=email&utm_campaign=shavings-47",
    landings: to({ "/blog/quotes-that-win": 4, "/changelog": 2, "/features/time-tracking": 1 }),
    intent: 1.4,
  },
  {
    weight: 4,
    trend: 1.4,
    referrer: "https://www.google.com/",
    query: "utm_source=google&utm_medium=cpc&utm_campaign=workshop-software&utm_term=workshop+planning+software&gclid=EAIaIQobChMI5ZbD",
    landings: to({ "/features": 4, "/pricing": 3, "/": 2 }),
    intent: 1.8,
  },
  {
    weight: 2,
    trend: 0.6,
    referrer: "https://www.facebook.com/",
    query: "utm_source=facebook&utm_medium=paid-social&utm_campaign=spring-makers&utm_content=video-a&fbclid=IwAR0kX3",
    landings: to({ "/": 3, "/features/quotes": 2 }),
    intent: 0.6,
  },
  {
    weight: 1,
    referrer: "https://www.carpentryweekly.example/",
    query: "utm_source=carpentryweekly&utm_medium=display&utm_campaign=spring-makers",
    landings: product,
    intent: 0.8,
  },
]

const steps = 20

/** The sources at the beginning, at each twentieth of the way, and at the end. */
const byStep = Array.from({ length: steps + 1 }, (_, step) =>
  sources.map((source) => ({ ...source, weight: source.weight * (source.trend ?? 1) ** (step / steps) })),
)

/** The sources as they are when a share (0 to 1) of the first stretch has passed. */
export const sourcesAt = (passed: number): ReadonlyArray<Source> => byStep[Math.round(passed * steps)] ?? sources

/** Where the crowd of the launch post comes from. */
export const launchSources: ReadonlyArray<Source> = [
  {
    weight: 80,
    referrer: "https://news.ycombinator.com/item?id=45903318",
    landings: to({ "/blog/planner-for-sawdust": 9, "/": 2 }),
    intent: 0.45,
  },
  { weight: 6, referrer: "https://lobste.rs/s/4kq2vd", landings: to({ "/blog/planner-for-sawdust": 1 }), intent: 0.4 },
  { weight: 8, referrer: "https://t.co/k7QmX2wLzA", landings: to({ "/blog/planner-for-sawdust": 3, "/": 1 }), intent: 0.5 },
  { weight: 6, referrer: "https://www.producthunt.com/", query: "ref=producthunt", landings: to({ "/": 1 }), intent: 1 },
]
