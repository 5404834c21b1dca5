import "effect/schema/SchemaJITCompiler/enable"
import type { LoggedEvent, LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { Appended, layerMemory as logMemory } from "@footfall/event-log/EventLogMemory"
import { serve } from "@footfall/platform/HttpService"
import { ConfigProvider, Context, Effect, Layer, Logger, type Scope } from "effect"
import { HttpServer } from "effect/http"
import { fileURLToPath } from "node:url"
import { HoldMs } from "../../src/domain/Strangers.ts"
import { BodyBudget } from "../../src/http/body.ts"
import { routes } from "../../src/layers.ts"
import { Known, layerMemory, WRITE_KEY } from "./control-plane.ts"

export const SCRIPT = fileURLToPath(new URL("./tracker.js", import.meta.url))

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body read as JSON. */
  readonly json: {
    readonly accepted?: number
    readonly refused?: number
    readonly refusals?: ReadonlyArray<{
      readonly index: number
      readonly reason: string
      readonly pointer: string
      readonly message: string
    }>
    readonly errors?: ReadonlyArray<{ readonly in: string; readonly pointer: string; readonly message: string }>
    readonly title?: string
    readonly detail?: string
    readonly status?: number
  }
}

/** Ingest as it is in production, over HTTP, with its log and its control plane in memory. */
export interface App {
  readonly url: string
  readonly appended: Appended["Service"]
  readonly known: Known["Service"]
  /** Any request to ingest. */
  readonly request: (path: string, init?: RequestInit) => Effect.Effect<Answer>
  /** Posts a body; with the write key and as JSON unless said otherwise. */
  readonly post: (body: string | Buffer<ArrayBuffer>, headers?: Record<string, string>) => Effect.Effect<Answer>
  /** Posts events. */
  readonly send: (
    events: ReadonlyArray<unknown>,
    options?: { readonly key?: string; readonly headers?: Record<string, string>; readonly sentAt?: string },
  ) => Effect.Effect<Answer>
  /** All groups on the log so far. */
  readonly groups: () => ReadonlyArray<LoggedGroup>
  /** All events on the log so far. */
  readonly events: () => ReadonlyArray<LoggedEvent>
}

const read = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  const isJson = response.headers.get("content-type")?.includes("json") === true
  return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Answer["json"]) : {} }
}

/** What a test changes of ingest that no setting changes. */
export interface AppOptions {
  /** Instead of the usual {@link BodyBudget}. */
  readonly budget?: number
  /** Instead of the usual {@link HoldMs}. */
  readonly holdMs?: number
}

/** Starts ingest on a free port for the scope of a test. */
export const startApp = (
  environment: Record<string, string> = {},
  { budget, holdMs }: AppOptions = {},
): Effect.Effect<App, unknown, Scope.Scope> =>
  Effect.gen(function* () {
    const config = { PORT: "0", AUTH_SECRET: "a secret of the test", SDK_SCRIPT: SCRIPT, RATE_LIMIT: "0", ...environment }
    const context = yield* Layer.build(
      serve(routes, { port: 0 }).pipe(
        Layer.provideMerge(Layer.mergeAll(logMemory, layerMemory)),
        Layer.provide([ConfigProvider.layer(ConfigProvider.fromUnknown(config)), Logger.layer([])]),
        Layer.provide(budget === undefined ? Layer.empty : Layer.succeed(BodyBudget, budget)),
        Layer.provide(holdMs === undefined ? Layer.empty : Layer.succeed(HoldMs, holdMs)),
      ),
    )
    const url = HttpServer.formatAddress(Context.get(context, HttpServer.HttpServer).address)
    const appended = Context.get(context, Appended)
    const request: App["request"] = (path, init) => Effect.promise(async () => read(await fetch(url + path, init)))
    const post: App["post"] = (body, headers = {}) =>
      request("/v1/events", {
        method: "POST",
        body,
        headers: { "content-type": "application/json", authorization: `Bearer ${WRITE_KEY}`, ...headers },
      })
    const groups = () => appended.appends.flatMap((entries) => entries.flatMap(({ batch }) => batch.groups))
    return {
      url,
      appended,
      known: Context.get(context, Known),
      request,
      post,
      send: (events, { key = WRITE_KEY, headers = {}, sentAt } = {}) =>
        post(JSON.stringify({ ...(sentAt === undefined ? {} : { sentAt }), events }), { authorization: `Bearer ${key}`, ...headers }),
      groups,
      events: () => groups().flatMap(({ events }) => events),
    }
  })

/** An acceptable page view, with changes. */
export const pageview = (changes: Record<string, unknown> = {}) => ({ kind: "pageview", url: "https://example.com/", ...changes })
