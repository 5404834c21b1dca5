import { FootfallManagement } from "@footfall/contracts/generated/management"
import { Config, Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { docsPage, docsPolicy } from "./docsPage.ts"

/** The renderer: one file that needs no other. */
const script = Effect.promise(() =>
  readFile(join(dirname(fileURLToPath(import.meta.resolve("@scalar/api-reference"))), "browser", "standalone.js")),
)

const documents = Effect.promise(async () => {
  const read = async (name: string) =>
    JSON.parse(await readFile(new URL(import.meta.resolve(`@footfall/contracts/generated/openapi/${name}`)), "utf8"))
  return {
    "ingest.json": await read("ingest.json"),
    "analytics.json": await read("analytics.json"),
    "management.json": await read("management.json"),
  }
})

/** An origin from a URL in the environment. */
const origin = (name: string) => Config.option(Config.URL(name))

/** Handlers of the documentation. The specifications name the addresses under which this installation is reached. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "docs",
  Effect.fnUntraced(function* (handlers) {
    const ingest = yield* origin("INGEST_URL")
    const query = yield* origin("QUERY_URL")
    const address = { "ingest.json": ingest, "analytics.json": query, "management.json": query }
    const origins = [ingest, query].flatMap((url) => (url._tag === "Some" ? [url.value.origin] : []))
    // Compressed once, when somebody asks first: four megabytes.
    const compressed = yield* Effect.cached(Effect.flatMap(script, (bytes) => Effect.promise(() => promisify(gzip)(bytes))))
    const parsed = yield* Effect.cached(documents)
    return handlers.handleAll({
      getDocs: () =>
        Effect.succeed(
          HttpServerResponse.text(docsPage, {
            contentType: "text/html; charset=utf-8",
            headers: { "content-security-policy": docsPolicy(origins) },
          }),
        ),
      getDocsScript: Effect.fnUntraced(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const headers = { "cache-control": "public, max-age=86400", vary: "Accept-Encoding" }
        return /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
          ? HttpServerResponse.uint8Array(yield* compressed, {
              contentType: "text/javascript; charset=utf-8",
              headers: { ...headers, "content-encoding": "gzip" },
            })
          : HttpServerResponse.uint8Array(yield* script, { contentType: "text/javascript; charset=utf-8", headers })
      }),
      getOpenApiDocument: Effect.fnUntraced(function* ({ params }) {
        const url = address[params.document]
        const document = (yield* parsed)[params.document]
        return url._tag === "None" ? document : { ...document, servers: [{ url: url.value.origin }] }
      }),
    })
  }),
)
