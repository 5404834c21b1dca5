import { NodeHttpServerRequest } from "@effect/platform-node"
import { clientAddress as addressBehind, configuredProxies } from "@footfall/platform/ClientAddress"
import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { DASHBOARD_HEADER, isDashboard } from "./dashboard.ts"

const joined = (header: string | ReadonlyArray<string> | undefined) => (typeof header === "object" ? header.join(",") : header)

/**
 * Tells the address of a client; `X-Forwarded-For` counts only as far as proxies in `TRUSTED_PROXIES` wrote it. The dashboard, which
 * shows `WEB_SECRET`, is no hop of its own: the last address that it names is the peer of the browser's connection.
 */
export const clientAddress = Effect.gen(function* () {
  const proxies = yield* configuredProxies
  const fromDashboard = yield* isDashboard
  return (request: HttpServerRequest.HttpServerRequest): string => {
    const { headers, socket } = NodeHttpServerRequest.toIncomingMessage(request)
    const chain = joined(headers["x-forwarded-for"])
    if (chain === undefined || !fromDashboard(joined(headers[DASHBOARD_HEADER]))) return addressBehind(socket.remoteAddress, chain, proxies)
    const hops = chain.split(",")
    return addressBehind(hops.pop()?.trim(), hops.length === 0 ? undefined : hops.join(","), proxies)
  }
})
