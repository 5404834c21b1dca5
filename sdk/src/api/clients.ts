import createClient, { type Client } from "openapi-fetch"
import type { paths as AnalyticsPaths } from "../generated/analytics.d.ts"
import type { paths as IngestPaths } from "../generated/ingest.d.ts"
import type { paths as ManagementPaths } from "../generated/management.d.ts"

/** Where a service is and who is asking. */
export interface ClientOptions {
  /** Address of the service, such as `https://footfall.example.com`. */
  baseUrl: string
  /** A session token or secret key (`ffs_…`; for ingest also a write key), sent as bearer. */
  token?: string | undefined
  /** What sends the requests; the global `fetch` when absent. */
  fetch?: ((request: Request) => Promise<Response>) | undefined
}

export type IngestClient = Client<IngestPaths>
export type AnalyticsClient = Client<AnalyticsPaths>
export type ManagementClient = Client<ManagementPaths>

const connect = <Paths extends {}>({ baseUrl, token, fetch }: ClientOptions): Client<Paths> =>
  createClient<Paths>({
    baseUrl,
    ...(fetch && { fetch }),
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
    querySerializer: { array: { style: "form", explode: true } },
  })

/** Sends events: `POST /v1/events`. */
export const createIngestClient = (options: ClientOptions): IngestClient => connect(options)

/** Asks questions: time series, breakdowns, who is online. */
export const createAnalyticsClient = (options: ClientOptions): AnalyticsClient => connect(options)

/** Manages: first run, signing in, projects and keys. */
export const createManagementClient = (options: ClientOptions): ManagementClient => connect(options)
