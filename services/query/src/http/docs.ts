import { FootfallManagement } from "@footfall/contracts/generated/management"
import { Config, Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { readFile } from "node:fs/promises"
import { stringify } from "yaml"
import { docsPage, docsPolicy } from "./docsPage.ts"
import { makeDocsScript } from "./docsScript.ts"
import { once } from "./once.ts"

type Name = "ingest" | "analytics" | "management"
type Format = "json" | "yaml"

const readDocuments = async () => {
  const read = async (name: Name) =>
    JSON.parse(await readFile(new URL(import.meta.resolve(`@footfall/contracts/generated/openapi/${name}.json`)), "utf8"))
  return { ingest: await read("ingest"), analytics: await read("analytics"), management: await read("management") }
}

/** A URL from the environment. */
const configured = (name: string) => Config.option(Config.URL(name))

/** Handlers of the documentation. The specifications name the addresses under which this installation is reached. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "docs",
  Effect.fnUntraced(function* (handlers) {
    const ingest = yield* configured("INGEST_URL")
    const query = yield* configured("QUERY_URL")
    const address = { ingest, analytics: query, management: query }
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
        const [name, format] = params.document.split(".") as [Name, Format]
        const url = address[name]
        const document = (yield* parsed)[name]
        const located = url._tag === "None" ? document : { ...document, servers: [{ url: url.value.href.replace(/\/+$/, "") }] }
        return format === "json" ? located : HttpServerResponse.text(stringify(located), { contentType: "application/yaml" })
      }),
    })
  }),
)
