import type { ProductUrls } from "./product.ts"
import type { PublicUrls } from "./public-urls.ts"
import type { StackUrls } from "./stack.ts"

/** What runs, and where. */
export interface Running {
  readonly stack: StackUrls
  readonly urls: ProductUrls
  /** The same as others reach it. */
  readonly reached: PublicUrls
  readonly folder: string
  /** The link to create the owner account with, while there is none. */
  readonly setupLink: string | undefined
}

const withoutPassword = (url: string): string => {
  const parsed = new URL(url)
  parsed.password &&= "***"
  return parsed.href
}

const newcomers = (setupLink: string): ReadonlyArray<string> => [
  "Footfall is ready. It has no owner yet.",
  "",
  "Open this link to create the owner account. It works until the account exists, so keep it to yourself:",
  "",
  `  ${setupLink}`,
  "",
  "No site at hand? Run `npm run demo` in a second terminal: it makes a project with 90 days of visitors.",
  "A real site, with a domain and TLS: docs/deploy.md",
]

/** What a person is told once everything runs: first what to do next, then where the parts are. */
export const greeting = ({ stack, urls, reached, folder, setupLink }: Running): ReadonlyArray<string> => {
  const row = (name: string, where: string, what = "") => `  ${name.padEnd(18)} ${what === "" ? where : where.padEnd(26)} ${what}`.trimEnd()
  const as = (own: string, other: string) => (own === other ? "" : `, as ${other}`)
  return [
    "",
    ...(setupLink === undefined ? [`Footfall is ready: ${reached.webUrl}`] : newcomers(setupLink)),
    "",
    row("dashboard", urls.webUrl, as(urls.webUrl, reached.webUrl).slice(2)),
    row("ingest", urls.ingestUrl, `takes events, serves the script${as(urls.ingestUrl, reached.ingestUrl)}`),
    row("query", urls.queryUrl, `the API, described at /docs${as(urls.queryUrl, reached.queryUrl)}`),
    row("enrichment-worker", urls.workerUrl, "health checks only"),
    row("ClickHouse", withoutPassword(stack.clickhouseUrl)),
    row("Postgres", withoutPassword(stack.databaseUrl)),
    row("Redis", withoutPassword(stack.redisUrl)),
    row("data and logs", folder),
    "",
    "Ctrl-C stops everything. The data is kept.",
  ]
}
