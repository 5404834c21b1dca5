import { NodeHttpServerRequest } from "@effect/platform-node"
import { clientAddress as addressBehind, configuredProxies } from "@footfall/platform/ClientAddress"
import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"

const joined = (header: string | ReadonlyArray<string> | undefined) => (typeof header === "object" ? header.join(",") : header)

/** Tells the address of a client; `X-Forwarded-For` counts only as far as proxies in `TRUSTED_PROXIES` wrote it. */
export const clientAddress = Effect.gen(function* () {
  const proxies = yield* configuredProxies
  return (request: HttpServerRequest.HttpServerRequest): string => {
    const { headers, socket } = NodeHttpServerRequest.toIncomingMessage(request)
    return addressBehind(socket.remoteAddress, joined(headers["x-forwarded-for"]), proxies)
  }
})
