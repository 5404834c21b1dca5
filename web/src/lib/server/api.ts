import { createAnalyticsClient, createManagementClient } from "@footfall/sdk/api"
import { settings } from "./settings.ts"

/** How long an answer may take before we say that there is none, in milliseconds. */
const patience = 20_000

/**
 * The typed clients of the API, speaking for the person behind `token`. `forwardedFor` tells where their browser is, as proxies tell
 * it: the API limits failed sign-ins per network, and without it everybody would share ours. Which of its addresses count is for the
 * API to judge, by `TRUSTED_PROXIES`; that we are no stranger it knows by `WEB_SECRET`.
 */
export const apiFor = (token: string | undefined, forwardedFor: string) => {
  const { queryUrl, webSecret } = settings()
  const options = {
    baseUrl: queryUrl.origin,
    fetch: (request: Request) => {
      request.headers.set("x-forwarded-for", forwardedFor)
      if (webSecret !== undefined) request.headers.set("x-footfall-web", webSecret)
      return fetch(request, { signal: AbortSignal.timeout(patience) })
    },
    ...(token === undefined ? {} : { token }),
  }
  return { analytics: createAnalyticsClient(options), management: createManagementClient(options) }
}

export type Api = ReturnType<typeof apiFor>
