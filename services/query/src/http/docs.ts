import { FootfallManagement } from "@footfall/contracts/generated/management"
import { Config, Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { readFile } from "node:fs/promises"
import { docsPage, docsPolicy } from "./docsPage.ts"
import { makeDocsScript } from "./docsScript.ts"
import { once } from "./once.ts"

const readDocuments = async () => {
  const read = async (name: string) =>
    JSON.parse(await readFile(new URL(import.meta.resolve(`@footfall/contracts/generated/openapi/${name}`)), "utf8"))
  return {
    "ingest.json": await read("ingest.json"),
    "analytics.json": await read("analytics.json"),
    "management.json": await read("management.json"),
  }
}

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
    const docsScript = makeDocsScript()
    const parsed = once(readDocuments)
    return handlers.handleAll({
      getDocs: () =>
        Effect.succeed(
          HttpServerResponse.text(docsPage, {
            contentType: "text/html; charset=utf-8",
            headers: { "content-security-policy": docsPolicy(origins) },
          }),
        ),
      getDocsScript: () => Effect.flatMap(HttpServerRequest.HttpServerRequest, docsScript),
      getOpenApiDocument: Effect.fnUntraced(function* ({ params }) {
        const url = address[params.document]
        const document = (yield* parsed)[params.document]
        return url._tag === "None" ? document : { ...document, servers: [{ url: url.value.origin }] }
      }),
    })
  }),
)
