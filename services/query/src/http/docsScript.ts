import { serveAsset } from "@footfall/platform/StaticAsset"
import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { once } from "./once.ts"

/** The renderer: one file of four megabytes that needs no other. */
const read = () => readFile(join(dirname(fileURLToPath(import.meta.resolve("@scalar/api-reference"))), "browser", "standalone.js"))

/**
 * Answers with the script of the documentation page. Its bytes are in memory once however many read them, and however slowly: all
 * answers share them. The uncompressed ones are only there when somebody asked who understands no gzip.
 */
export const makeDocsScript = () => {
  const plain = once(read)
  const asset = once(async () => {
    const bytes = await read()
    return { gzipped: await promisify(gzip)(bytes), tag: createHash("sha256").update(bytes).digest("base64url") }
  })
  const headers = { "cache-control": "public, max-age=86400, immutable" }

  return (request: HttpServerRequest.HttpServerRequest) =>
    Effect.flatMap(asset, (packed) => serveAsset({ ...packed, plain, contentType: "text/javascript; charset=utf-8", headers }, request))
}
