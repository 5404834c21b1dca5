/** Where browsers and programs reach the product. */
export interface PublicUrls {
  readonly webUrl: string
  readonly ingestUrl: string
  readonly queryUrl: string
}

/** What `WEB_URL`, `INGEST_URL` and `QUERY_URL` say, for an instance behind a proxy; the addresses on this machine for what is not said. */
export const publicUrls = (urls: PublicUrls, env: NodeJS.ProcessEnv = process.env): PublicUrls => {
  const said = (name: string, own: string) => (env[name] || own).replace(/\/+$/, "")
  return {
    webUrl: said("WEB_URL", urls.webUrl),
    ingestUrl: said("INGEST_URL", urls.ingestUrl),
    queryUrl: said("QUERY_URL", urls.queryUrl),
  }
}
