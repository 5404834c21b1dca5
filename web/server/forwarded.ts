import type { IncomingMessage } from "node:http"

/** More than anybody has proxies in a row; what stands before them is never judged. */
const HOPS = 20
/** The longest spelling of an address with a port has fewer characters. */
const ADDRESS_LENGTH = 64

/**
 * `X-Forwarded-For` as a proxy hands it on: what was received, and behind it the peer of this connection. Nothing of what was received
 * is believed here; query goes through the list from its end, by `TRUSTED_PROXIES`.
 */
export const forwardedFor = ({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): string => {
  const received = [headers["x-forwarded-for"] ?? []].flat().flatMap((line) => line.split(","))
  const hops = received.slice(-HOPS).map((hop) => hop.trim())
  return [...hops.map((hop) => (hop.length > ADDRESS_LENGTH ? "unknown" : hop)), socket.remoteAddress ?? "unknown"].join(", ")
}
