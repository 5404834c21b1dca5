import { createAnalyticsClient, createManagementClient } from "@footfall/sdk/api"
import { settings } from "./settings.ts"

/** How long an answer may take before we say that there is none, in milliseconds. */
const patience = 20_000

/** The typed clients of the API, speaking for the person behind `token`. */
export const apiFor = (token: string | undefined) => {
  const options = {
    baseUrl: settings().queryUrl.origin,
    fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(patience) }),
    ...(token === undefined ? {} : { token }),
  }
  return { analytics: createAnalyticsClient(options), management: createManagementClient(options) }
}

export type Api = ReturnType<typeof apiFor>
