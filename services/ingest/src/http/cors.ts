import { HttpServerResponse } from "effect/http"

/** Any site may send events and load the tracker, and may read the answer; credentials are never involved. */
export const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "retry-after, x-request-id",
  "cross-origin-resource-policy": "cross-origin",
} as const

/** The answer to a browser that asks whether a site may call an operation. */
export const preflight = (methods: string) =>
  HttpServerResponse.empty({
    status: 204,
    headers: {
      ...CORS,
      "access-control-allow-methods": methods,
      "access-control-allow-headers": "authorization, content-type, content-encoding",
      "access-control-max-age": "86400",
      "cache-control": "public, max-age=86400",
    },
  })
