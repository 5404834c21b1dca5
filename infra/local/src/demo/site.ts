/** The site of the demo: Acorn & Oak plans the work of small workshops. Its domain is reserved for examples and belongs to nobody. */
export const origin = "https://www.acornandoak.example"

/** A page, and where people go from it; what is missing to 1 is the share of those who leave. */
export interface Page {
  readonly path: string
  readonly title: string
  /** Mean time until the next step, seconds. */
  readonly reading: number
  readonly next: Readonly<Record<string, number>>
}

const name = "Acorn & Oak"

const all: ReadonlyArray<Page> = [
  {
    path: "/",
    title: `${name} – Project planning for small workshops`,
    reading: 35,
    next: { "/pricing": 0.17, "/features": 0.16, "/customers": 0.06, "/docs": 0.05, "/blog": 0.05, "/about": 0.03, "/changelog": 0.02 },
  },
  {
    path: "/features",
    title: `Features – ${name}`,
    reading: 50,
    next: { "/pricing": 0.24, "/features/quotes": 0.16, "/features/time-tracking": 0.12, "/": 0.05 },
  },
  {
    path: "/features/quotes",
    title: `Quotes your customers sign – ${name}`,
    reading: 55,
    next: { "/pricing": 0.24, "/features": 0.12, "/customers": 0.08 },
  },
  {
    path: "/features/time-tracking",
    title: `Time tracking with dusty hands – ${name}`,
    reading: 50,
    next: { "/pricing": 0.22, "/features": 0.14 },
  },
  { path: "/pricing", title: `Pricing – ${name}`, reading: 60, next: { "/": 0.08, "/features": 0.1, "/customers": 0.08, "/docs": 0.04 } },
  {
    path: "/customers",
    title: `Workshops that plan with us – ${name}`,
    reading: 45,
    next: { "/pricing": 0.24, "/features": 0.1, "/": 0.06 },
  },
  {
    path: "/blog",
    title: `Shavings, our blog – ${name}`,
    reading: 20,
    next: { "/blog/planner-for-sawdust": 0.2, "/blog/quotes-that-win": 0.2, "/blog/estimating-hours": 0.18, "/": 0.06 },
  },
  {
    path: "/blog/planner-for-sawdust",
    title: `Show HN: a planner for people with sawdust on their hands – ${name}`,
    reading: 110,
    next: { "/": 0.2, "/pricing": 0.09, "/features": 0.08, "/blog": 0.04 },
  },
  {
    path: "/blog/quotes-that-win",
    title: `Seven quotes that won the job – ${name}`,
    reading: 130,
    next: { "/features/quotes": 0.1, "/blog": 0.08, "/": 0.08, "/pricing": 0.04 },
  },
  {
    path: "/blog/estimating-hours",
    title: `How long does a staircase take? – ${name}`,
    reading: 140,
    next: { "/features/time-tracking": 0.1, "/blog": 0.08, "/": 0.07 },
  },
  {
    path: "/docs",
    title: `Documentation – ${name}`,
    reading: 25,
    next: { "/docs/getting-started": 0.34, "/docs/import": 0.16, "/docs/api": 0.14 },
  },
  {
    path: "/docs/getting-started",
    title: `Getting started – ${name}`,
    reading: 90,
    next: { "/docs/import": 0.2, "/docs": 0.12, "/pricing": 0.06 },
  },
  { path: "/docs/import", title: `Import from a spreadsheet – ${name}`, reading: 80, next: { "/docs": 0.18, "/docs/api": 0.08 } },
  { path: "/docs/api", title: `API – ${name}`, reading: 120, next: { "/docs": 0.2, "/changelog": 0.06 } },
  { path: "/changelog", title: `Changelog – ${name}`, reading: 40, next: { "/": 0.12, "/docs": 0.06 } },
  { path: "/about", title: `The people behind ${name}`, reading: 40, next: { "/": 0.14, "/customers": 0.1 } },
  { path: "/signup", title: `Start your free trial – ${name}`, reading: 45, next: {} },
  {
    path: "/app",
    title: `Your workshop – ${name}`,
    reading: 60,
    next: { "/app/projects": 0.62, "/app/settings": 0.1, "/docs/getting-started": 0.05, "/changelog": 0.03 },
  },
  { path: "/app/projects", title: `Projects – ${name}`, reading: 150, next: { "/app": 0.4, "/app/settings": 0.06, "/docs/import": 0.04 } },
  { path: "/app/settings", title: `Settings – ${name}`, reading: 50, next: { "/app": 0.4, "/app/projects": 0.2 } },
]

export const pages: ReadonlyMap<string, Page> = new Map(all.map((page) => [page.path, page]))

/** The page of this path. */
export const page = (path: string): Page => {
  const found = pages.get(path)
  if (found === undefined) throw new Error(`The demo's site has no page ${path}.`)
  return found
}

/** What the plans cost, in euros a month. */
export const plans = [
  { plan: "solo", amount: 9, weight: 5 },
  { plan: "workshop", amount: 29, weight: 4 },
  { plan: "factory", amount: 99, weight: 1 },
] as const
