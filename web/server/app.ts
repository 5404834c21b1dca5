import type { IncomingMessage, ServerResponse } from "node:http"

export type Handler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void

/** SvelteKit takes the origin of a request from these headers only. `answer` sets them, from WEB_URL, so no client can. */
export const originHeaders = { protocol: "x-forwarded-proto", host: "x-forwarded-host" } as const

/** The built app; fails with a sentence when there is none. */
export const loadApp = async (): Promise<Handler> => {
  process.env.PROTOCOL_HEADER = originHeaders.protocol
  process.env.HOST_HEADER = originHeaders.host
  const built = new URL("../build/handler.js", import.meta.url)
  try {
    const module: { handler: Handler } = await import(built.href)
    return module.handler
  } catch (cause) {
    throw new Error(`the dashboard cannot be loaded from ${built.pathname}; build it with: pnpm --filter @footfall/web build`, { cause })
  }
}
