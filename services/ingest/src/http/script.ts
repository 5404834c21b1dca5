import { ServedApi } from "./ServedApi.ts"
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

const answers = (script: Buffer) => {
  const etag = `"${createHash("sha256").update(script).digest("base64url").slice(0, 22)}"`
  const headers = { ...CORS, etag, "cache-control": "public, max-age=3600, stale-while-revalidate=86400", vary: "accept-encoding" }
  const contentType = "text/javascript; charset=utf-8"
  return {
    etag,
    unchanged: HttpServerResponse.empty({ status: 304, headers }),
    plain: HttpServerResponse.uint8Array(script, { contentType, headers }),
    packed: HttpServerResponse.uint8Array(gzipSync(script, { level: 9 }), {
      contentType,
      headers: { ...headers, "content-encoding": "gzip" },
    }),
  }
}

/** `GET /script.js`: the tracker as the sdk built it, read once at the start. */
export const layer = HttpApiBuilder.group(ServedApi, "tracker", (handlers) =>
  Effect.gen(function* () {
    const { etag, unchanged, plain, packed } = answers(yield* read)
    return handlers.handle("getScript", () =>
      Effect.map(HttpServerRequest.HttpServerRequest, ({ headers }) => {
        if (headers["if-none-match"]?.split(",").some((known) => known.trim().replace(/^W\//, "") === etag)) return unchanged
        return /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?(?:[\s,]|$))/.test(headers["accept-encoding"] ?? "") ? packed : plain
      }),
    )
  }),
)
