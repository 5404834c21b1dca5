import { init, track } from "@footfall/sdk"
import {
  createAnalyticsClient,
  createIngestClient,
  ProblemError,
  unwrap,
  type Dimension,
  type Receipt,
  type Timeseries,
} from "@footfall/sdk/api"

declare const process: { env: Record<string, string> }

const baseUrl = process.env["FOOTFALL_URL"]!
const token = process.env["FOOTFALL_TOKEN"]!

// The tracker is for browsers: on a server it does nothing, and does not fail.
init({ key: "ffw_0000000000000000000000", host: baseUrl })
track("Nobody")

const ingest = createIngestClient({ baseUrl, token })
const receipt: Receipt = await unwrap(
  ingest.POST("/v1/events", {
    body: { events: [{ kind: "event", name: "Invoice paid", properties: { amount: 12 }, context: { visitorId: "customer-7" } }] },
  }),
)
console.log("accepted", receipt.accepted)

const analytics = createAnalyticsClient({ baseUrl, token })
const path = { projectId: "728291047" }
const query = { from: "2026-11-01", to: "2026-11-02", filter: ["country:is:DE", "page:is_not:/"] }
try {
  const series: Timeseries = await unwrap(analytics.GET("/v1/projects/{projectId}/timeseries", { params: { path, query } }))
  console.log("visitors", series.totals.visitors)
} catch (error) {
  if (!(error instanceof ProblemError)) throw error
  console.log("problem", error.status, error.message)
}

const dimension: Dimension = "country"
// @ts-expect-error a breakdown is by one of the dimensions that there are
const wrong: Dimension = "planet"
console.log("dimensions", dimension, wrong)
