import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { HttpServerResponse } from "effect/http"
import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { once } from "./once.ts"

/** The renderer: one file of four megabytes that needs no other. */
const read = () => readFile(join(dirname(fileURLToPath(import.meta.resolve("@scalar/api-reference"))), "browser", "standalone.js"))

const names = (header: string | undefined, tag: string) =>
  (header ?? "").split(",").some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === tag)

/** Whether a client takes gzip: named, or all that is not named, and not with a weight of zero (RFC 9110, 12.5.3). */
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

/**
 * Answers with the script of the documentation page. Its bytes are in memory once however many read them, and however slowly: all
 * answers share them. The uncompressed ones are only there when somebody asked who understands no gzip.
 */
export const makeDocsScript = () => {
  const compressed = once(async () => {
    const bytes = await read()
    return { bytes: await promisify(gzip)(bytes), tag: `"${createHash("sha256").update(bytes).digest("base64url")}"` }
  })
  const identity = once(read)

  return Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
    const { bytes, tag } = yield* compressed
    // Weak, because the same tag stands for both encodings.
    const headers = { "cache-control": "public, max-age=86400, immutable", etag: `W/${tag}`, vary: "Accept-Encoding" }
    if (names(request.headers["if-none-match"], tag)) return HttpServerResponse.empty({ status: 304, headers })
    const contentType = "text/javascript; charset=utf-8"
    return takesGzip(request.headers["accept-encoding"])
      ? HttpServerResponse.uint8Array(bytes, { contentType, headers: { ...headers, "content-encoding": "gzip" } })
      : HttpServerResponse.uint8Array(yield* identity, { contentType, headers })
  })
}
