import type { HttpServerRequest } from "effect/http"
import { NodeHttpServerRequest } from "@effect/platform-node"
import { clientAddress, type TrustedProxies } from "@footfall/platform/ClientAddress"
import type { Sender } from "../domain/grouping.ts"

const MAX_USER_AGENT = 1_024
const LANGUAGE = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3})(?=\s*(?:[,;]|$))/

const single = (value: string | ReadonlyArray<string> | undefined) => (typeof value === "object" ? value.join(",") : value)

/** Who sent a request, by its connection and its headers. */
export const senderOf = (request: HttpServerRequest.HttpServerRequest, proxies: TrustedProxies): Sender => {
  const { headers, socket } = NodeHttpServerRequest.toIncomingMessage(request)
  return {
    address: clientAddress(socket.remoteAddress, single(headers["x-forwarded-for"]), proxies),
    userAgent: (headers["user-agent"] ?? "").slice(0, MAX_USER_AGENT),
    language: LANGUAGE.exec(headers["accept-language"] ?? "")?.[1] ?? "",
  }
}
