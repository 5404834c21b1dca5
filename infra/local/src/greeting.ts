import type { ProductUrls } from "./product.ts"
import type { StackUrls } from "./stack.ts"

/** What runs, and where. */
export interface Running {
  readonly stack: StackUrls
  readonly urls: ProductUrls
  readonly folder: string
  /** The link that makes its reader the owner, while there is none. */
  readonly setupLink: string | undefined
}

const withoutPassword = (url: string): string => {
  const parsed = new URL(url)
  parsed.password &&= "***"
  return parsed.href
}

/** What a person is told once everything runs: first what to do next, then where the parts are. */
export const greeting = ({ stack, urls, folder, setupLink }: Running): ReadonlyArray<string> => {
  const row = (name: string, where: string, what = "") => `  ${name.padEnd(18)} ${what === "" ? where : where.padEnd(26)} ${what}`.trimEnd()
  return [
    "",
    `Footfall is ready: ${urls.webUrl}`,
    "",
    ...(setupLink === undefined
      ? []
      : [
          "It has no owner yet. Open this link and choose a password; it works until somebody has, so keep it to yourself:",
          "",
          `  ${setupLink}`,
          "",
          "No site at hand? `npm run demo` in a second terminal makes a project with 90 days of visitors.",
          "",
        ]),
    row("dashboard", urls.webUrl),
    row("ingest", urls.ingestUrl, "takes events, serves the script"),
    row("query", urls.queryUrl, "the API, described at /docs"),
    row("enrichment-worker", urls.workerUrl, "health only"),
    row("ClickHouse", withoutPassword(stack.clickhouseUrl)),
    row("Postgres", withoutPassword(stack.databaseUrl)),
    row("Redis", withoutPassword(stack.redisUrl)),
    row("data and logs", folder),
    "",
    "Ctrl-C stops everything; the data stay.",
  ]
}
