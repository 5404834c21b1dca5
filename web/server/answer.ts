import { constants } from "node:zlib"
import type { IncomingMessage, RequestListener } from "node:http"
import compression from "@polka/compression"
import { originHeaders, type Handler } from "./app.ts"
import { forwardedFor } from "./forwarded.ts"
import { headersOf } from "./headers.ts"
import { health } from "./health.ts"
import { answersTo, isTwin } from "./hosts.ts"
import { refuse } from "./refuse.ts"
import type { Settings } from "./settings.ts"

const reading = new Set(["GET", "HEAD", "OPTIONS"])

/** Whether something is sent from a page of another origin; browsers say so with everything that is not only read. */
const fromElsewhere = ({ method, headers }: IncomingMessage, origin: string): boolean =>
  !reading.has(method ?? "") && headers.origin !== undefined && headers.origin !== origin

/** Everything this server answers: health under any name; then, for hosts and origins that are ours, pages and assets of `app`. */
export const answer = (settings: Settings, app: Handler): RequestListener => {
  const { origin, host: webHost, protocol } = settings.webUrl
  const headers = headersOf(settings)
  const isOurs = answersTo(settings)
  const isOtherName = isTwin(settings)
  // Flushed at every write: a streamed part of a page must not wait in the compressor for the next one.
  const compress = compression({ threshold: 0, level: 6, brotli: false, gzip: { flush: constants.Z_SYNC_FLUSH } as never })
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    if (health(settings, request, response)) return
    const { host } = request.headers
    if (host === undefined) return refuse(response, 400, "The request names no host.")
    if (!isOurs(host)) {
      const remedy = "Set WEB_URL to the address under which Footfall is reached, or add the name to ALLOWED_HOSTS."
      return refuse(response, 421, `This Footfall does not answer to that host name. ${remedy}`)
    }
    if (fromElsewhere(request, origin)) {
      const remedy = `Open Footfall at ${origin}, or set WEB_URL to the address that you use.`
      return refuse(response, 403, `Forms are accepted from the address in WEB_URL only. ${remedy}`)
    }
    if (isOtherName(host) && (request.method === "GET" || request.method === "HEAD") && request.url?.startsWith("/"))
      return void response.writeHead(307, { location: `${origin}${request.url}`, "cache-control": "no-store" }).end()
    request.headers[originHeaders.protocol] = protocol.slice(0, -1)
    request.headers[originHeaders.host] = webHost
    request.headers["x-forwarded-for"] = forwardedFor(request)
    // Built assets lie there compressed already.
    if (request.url?.startsWith("/_app/")) return app(request, response)
    compress(request, response, () => app(request, response))
  }
}
