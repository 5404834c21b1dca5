import { constants } from "node:zlib"
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import compression from "@polka/compression"
import { health } from "./health.ts"
import type { Settings } from "./settings.ts"

type Handler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void

/** Headers of pages, endpoints and errors; the Content-Security-Policy with its nonce comes from SvelteKit. */
const headers: ReadonlyArray<readonly [string, string]> = [
  ["x-frame-options", "DENY"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"],
]

const loadApp = async (): Promise<Handler> => {
  // SvelteKit takes the scheme of a request from this header only; we set it from WEB_URL, so no client can.
  process.env.PROTOCOL_HEADER = "x-forwarded-proto"
  const built = new URL("../build/handler.js", import.meta.url)
  try {
    const module: { handler: Handler } = await import(built.href)
    return module.handler
  } catch (cause) {
    throw new Error(`the dashboard cannot be loaded from ${built.pathname}; build it with: pnpm --filter @footfall/web build`, { cause })
  }
}

/** Everything this server answers: health, then compressed pages and assets. Loads the built app, so it fails early when there is none. */
export const answer = async (settings: Settings): Promise<RequestListener> => {
  const app = await loadApp()
  const scheme = settings.webUrl.protocol.slice(0, -1)
  // Flushed at every write: a streamed part of a page must not wait in the compressor for the next one.
  const compress = compression({ threshold: 0, level: 6, brotli: false, gzip: { flush: constants.Z_SYNC_FLUSH } as never })
  return (request, response) => {
    response.setHeader("x-content-type-options", "nosniff")
    if (health(settings, request, response)) return
    request.headers["x-forwarded-proto"] = scheme
    // Built assets lie there compressed already; twenty of them come with a page, and what is about documents would only weigh.
    if (request.url?.startsWith("/_app/")) return app(request, response)
    for (const [name, value] of headers) response.setHeader(name, value)
    if (scheme === "https") response.setHeader("strict-transport-security", "max-age=31536000")
    compress(request, response, () => app(request, response))
  }
}
