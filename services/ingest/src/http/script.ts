import { ServedApi } from "./ServedApi.ts"
import { NotFound } from "@footfall/contracts/generated/shared"
import { Config, Effect, Schema } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { CORS } from "./cors.ts"

/** The tracker is not where it should be; ingest does not start without it. */
export class TrackerMissing extends Schema.TaggedError<TrackerMissing>()("TrackerMissing", {
  message: Schema.String,
  cause: Schema.Defect(),
}) {}

const BUILT = fileURLToPath(new URL("../../../../sdk/dist/script.js", import.meta.url))

const read = Effect.gen(function* () {
  const path = yield* Config.String("SDK_SCRIPT").pipe(Config.withDefault(BUILT))
  return yield* Effect.try({
    try: () => readFileSync(path),
    catch: (cause) =>
      new TrackerMissing({
        message: `The tracker cannot be read from ${path}. Build it (pnpm --filter @footfall/sdk build) or name its file in SDK_SCRIPT.`,
        cause,
      }),
  })
})

const HOUR = "public, max-age=3600, stale-while-revalidate=86400"
const FOR_EVER = "public, max-age=31536000, immutable"

const answers = (script: Buffer, packed: Buffer, etag: string, kept: string) => {
  const headers = { ...CORS, etag, "cache-control": kept, vary: "accept-encoding" }
  const contentType = "text/javascript; charset=utf-8"
  const unchanged = HttpServerResponse.empty({ status: 304, headers })
  const plain = HttpServerResponse.uint8Array(script, { contentType, headers })
  const gzipped = HttpServerResponse.uint8Array(packed, { contentType, headers: { ...headers, "content-encoding": "gzip" } })
  return ({ headers: asked }: HttpServerRequest.HttpServerRequest) => {
    if (asked["if-none-match"]?.split(",").some((known) => known.trim().replace(/^W\//, "") === etag)) return unchanged
    return /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?(?:[\s,]|$))/.test(asked["accept-encoding"] ?? "") ? gzipped : plain
  }
}

/**
 * The tracker as the sdk built it, read once at the start: `GET /script.js`, whose bytes change with a new version of Footfall, and
 * `GET /script.<hash>.js`, whose bytes never do. `GET /script.json` tells the latter and its hash, for tags with `integrity`.
 */
export const layer = HttpApiBuilder.group(ServedApi, "tracker", (handlers) =>
  Effect.gen(function* () {
    const script = yield* read
    const packed = gzipSync(script, { level: 9 })
    const digest = createHash("sha384").update(script).digest()
    const name = digest.toString("hex").slice(0, 16)
    const etag = `"${name}"`
    const current = answers(script, packed, etag, HOUR)
    const pinned = answers(script, packed, etag, FOR_EVER)
    const version = { file: `script.${name}.js`, integrity: `sha384-${digest.toString("base64")}` }
    return handlers.handleAll({
      getScript: () => Effect.map(HttpServerRequest.HttpServerRequest, current),
      getPinnedScript: ({ params }) =>
        params.hash === name
          ? Effect.map(HttpServerRequest.HttpServerRequest, pinned)
          : Effect.fail(new NotFound({ detail: `The tracker of this version of Footfall is ${version.file}.` })),
      getScriptVersion: () => Effect.succeed(HttpServerResponse.jsonUnsafe(version, { headers: { ...CORS, "cache-control": "no-cache" } })),
    })
  }),
)
