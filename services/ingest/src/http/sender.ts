import type { HttpServerRequest } from "effect/http"
import { NodeHttpServerRequest } from "@effect/platform-node"
import { clientAddress, type TrustedProxies } from "@footfall/platform/ClientAddress"
import type { ClientHints } from "@footfall/contracts/generated/shared"
import type { IncomingHttpHeaders } from "node:http"
import { firstLanguage } from "../domain/firstLanguage.ts"
import type { Sender } from "../domain/grouping.ts"

const MAX_USER_AGENT = 1_024

const single = (value: string | ReadonlyArray<string> | undefined) => (typeof value === "object" ? value.join(",") : value)

/** As long as the contract lets a server report them. */
const HINTS = [
  ["mobile", "sec-ch-ua-mobile", 8],
  ["platform", "sec-ch-ua-platform", 64],
  ["platformVersion", "sec-ch-ua-platform-version", 64],
  ["model", "sec-ch-ua-model", 128],
  ["formFactors", "sec-ch-ua-form-factors", 128],
] as const
const MAX_BRANDS = 512

/** What Chromium and its relatives say in headers of their own, from secure pages only; others say nothing, for which there is nothing to pay. */
const hintsOf = (headers: IncomingHttpHeaders): ClientHints | undefined => {
  const brands = headers["sec-ch-ua"] ?? headers["sec-ch-ua-full-version-list"]
  if (typeof brands !== "string") return undefined
  const hints: { -readonly [Key in keyof ClientHints]: ClientHints[Key] } = { brands: brands.slice(0, MAX_BRANDS) }
  for (const [key, header, length] of HINTS) {
    const value = headers[header]
    if (typeof value === "string") hints[key] = value.slice(0, length)
  }
  return hints
}

/** Who sent a request, by its connection and its headers. */
export const senderOf = (request: HttpServerRequest.HttpServerRequest, proxies: TrustedProxies): Sender => {
  const { headers, socket } = NodeHttpServerRequest.toIncomingMessage(request)
  return {
    address: clientAddress(socket.remoteAddress, single(headers["x-forwarded-for"]), proxies),
    userAgent: (headers["user-agent"] ?? "").slice(0, MAX_USER_AGENT),
    hints: hintsOf(headers),
    language: firstLanguage(headers["accept-language"] ?? ""),
  }
}
