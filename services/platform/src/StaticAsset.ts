import { Effect } from "effect"
import { type HttpServerRequest, HttpServerResponse } from "effect/http"

/** A file that is served plain and compressed. */
export interface StaticAsset<E> {
  /** Its bytes; asked for only when a client takes no gzip. */
  readonly plain: Effect.Effect<Uint8Array, E>
  readonly gzipped: Uint8Array
  /** Changes with the bytes: letters, digits, `-` and `_`. */
  readonly tag: string
  readonly contentType: string
  /** Further headers of every answer, such as how long it may be kept. */
  readonly headers: Readonly<Record<string, string>>
}

/** Whether `If-None-Match` names a tag, or any (RFC 9110, 13.1.2). Tags are compared as weak ones are. */
const knows = (header: string | undefined, tag: string): boolean =>
  (header ?? "").split(",").some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === `"${tag}"`)

/** Whether `Accept-Encoding` takes gzip: named, or all that is not named, and not with a weight of zero (RFC 9110, 12.5.3). */
const takesGzip = (header: string | undefined): boolean => {
  const weights = new Map(
    (header ?? "").split(",").map((each) => {
      const [coding = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith("q="))
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))] as const
    }),
  )
  return (weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0) > 0
}

/** Answers a request for an asset: 304 for a client that has it, else its bytes in the encoding that the client takes. */
export const serveAsset = <E>(
  { contentType, gzipped, headers: others, plain, tag }: StaticAsset<E>,
  { headers: asked }: HttpServerRequest.HttpServerRequest,
): Effect.Effect<HttpServerResponse.HttpServerResponse, E> => {
  // Weak, because the same tag stands for both encodings.
  const headers = { ...others, etag: `W/"${tag}"`, vary: "Accept-Encoding" }
  if (knows(asked["if-none-match"], tag)) return Effect.succeed(HttpServerResponse.empty({ status: 304, headers }))
  if (!takesGzip(asked["accept-encoding"]))
    return Effect.map(plain, (bytes) => HttpServerResponse.uint8Array(bytes, { contentType, headers }))
  return Effect.succeed(HttpServerResponse.uint8Array(gzipped, { contentType, headers: { ...headers, "content-encoding": "gzip" } }))
}
