import { ServedApi } from "./ServedApi.ts"
import { NotFound } from "@footfall/contracts/generated/shared"
import { serveAsset } from "@footfall/platform/StaticAsset"
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

/**
 * The tracker as the sdk built it, read once at the start: `GET /script.js`, whose bytes change with a new version of Footfall, and
 * `GET /script.<hash>.js`, whose bytes never do. `GET /script.json` tells the latter and its hash, for tags with `integrity`.
 */
export const layer = HttpApiBuilder.group(ServedApi, "tracker", (handlers) =>
  Effect.gen(function* () {
    const script = yield* read
    const gzipped = gzipSync(script, { level: 9 })
    const digest = createHash("sha384").update(script).digest()
    const name = digest.toString("hex").slice(0, 16)
    const serve = (kept: string) => {
      const headers = { ...CORS, "cache-control": kept }
      const asset = { plain: Effect.succeed(script), gzipped, tag: name, contentType: "text/javascript; charset=utf-8", headers }
      return Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => serveAsset(asset, request))
    }
    const version = { file: `script.${name}.js`, integrity: `sha384-${digest.toString("base64")}` }
    return handlers.handleAll({
      getScript: () => serve(HOUR),
      getPinnedScript: ({ params }) =>
        params.hash === name
          ? serve(FOR_EVER)
          : Effect.fail(new NotFound({ detail: `The tracker of this version of Footfall is ${version.file}.` })),
      getScriptVersion: () => Effect.succeed(HttpServerResponse.jsonUnsafe(version, { headers: { ...CORS, "cache-control": "no-cache" } })),
    })
  }),
)
