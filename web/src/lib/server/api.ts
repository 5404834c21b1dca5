import { createAnalyticsClient, createManagementClient } from "@footfall/sdk/api"
import { settings } from "./settings.ts"

/** How long an answer may take before we say that there is none, in milliseconds. */
const patience = 20_000

/**
 * Whom a request came from and by which proxies, as `X-Forwarded-For` says it: what the request says of itself, then who sent it to us.
 * How much of it to believe is for the API to decide, by its `TRUSTED_PROXIES`.
 */
export const forwardedFor = (said: string | null, peer: string): string => (said === null || said.trim() === "" ? peer : `${said}, ${peer}`)

/**
 * The typed clients of the API, speaking for the person behind `token`. `forwarded` is where that person's browser is, by
 * {@link forwardedFor}: the API limits failed sign-ins per address, and without it everybody would share ours.
 */
export const apiFor = (token: string | undefined, forwarded: string) => {
  const options = {
    baseUrl: settings().queryUrl.origin,
    fetch: (request: Request) => {
      request.headers.set("x-forwarded-for", forwarded)
      return fetch(request, { signal: AbortSignal.timeout(patience) })
    },
    ...(token === undefined ? {} : { token }),
  }
  return { analytics: createAnalyticsClient(options), management: createManagementClient(options) }
}

export type Api = ReturnType<typeof apiFor>
