import { createAnalyticsClient, createManagementClient } from "@footfall/sdk/api"
import { settings } from "./settings.ts"

/** How long an answer may take before we say that there is none, in milliseconds. */
const patience = 20_000

/**
 * The typed clients of the API, speaking for the person behind `token`. `address` is where that person's browser is: the API limits
 * failed sign-ins per address, and without it everybody would share ours.
 */
export const apiFor = (token: string | undefined, address: string) => {
  const options = {
    baseUrl: settings().queryUrl.origin,
    fetch: (request: Request) => {
      request.headers.set("x-forwarded-for", address)
      return fetch(request, { signal: AbortSignal.timeout(patience) })
    },
    ...(token === undefined ? {} : { token }),
  }
  return { analytics: createAnalyticsClient(options), management: createManagementClient(options) }
}

export type Api = ReturnType<typeof apiFor>
