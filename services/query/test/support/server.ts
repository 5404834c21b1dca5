import { Context, Effect, Layer, References } from "effect"
import { HttpServer } from "effect/http"
import { service } from "../../src/layers.ts"
import { configOf, place, SETUP_CODE } from "./place.ts"

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // Tests look into answers freely; the shapes are checked against the contract elsewhere.
  readonly body: any
  readonly text: string
}

export interface Asked {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A running query service and how to ask it. */
export interface Server {
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  ask(method: string, path: string, asked?: Asked): Effect.Effect<Answer>
}

const WEB = "https://dashboard.example.com"

/** query as it runs in production, on a free port; stopped with the scope. */
export const start = (env: Readonly<Record<string, string>>) =>
  Effect.gen(function* () {
    const quiet = Layer.succeed(References.MinimumLogLevel, "None" as const)
    const config = configOf({ WEB_URL: WEB, TRUSTED_PROXIES: "127.0.0.1", ...env, PORT: "0" })
    const context = yield* Layer.build(Layer.fresh(service).pipe(Layer.provide([config, quiet])))
    const { address } = Context.get(context, HttpServer.HttpServer)
    const url = `http://127.0.0.1:${address._tag === "UnixPathAddress" ? 0 : address.port}`
    const ask: Server["ask"] = (method, path, { body, headers, token } = {}) =>
      Effect.promise(async () => {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        })
        const text = await response.text()
        const json = response.headers.get("content-type")?.includes("json") === true
        return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined }
      })
    return { env, url, ask } satisfies Server
  })

/** What a fresh instance makes an owner of. */
export const OWNER = { setupCode: SETUP_CODE, name: "Ada Lovelace", email: "ada@example.com", password: "correct horse battery" }

/** A server on fresh databases. */
export const fresh = Effect.flatMap(place, start)

export interface Settled extends Server {
  readonly owner: string
  project(name?: string, timeZone?: string): Effect.Effect<{ readonly id: string; readonly writeKey: string }>
  secretKey(projectId: string, scopes: ReadonlyArray<string>): Effect.Effect<string>
}

/** A server whose owner has signed in. */
export const settled = Effect.gen(function* () {
  const server = yield* fresh
  const { body } = yield* server.ask("POST", "/v1/setup", { body: OWNER })
  const owner: string = body.token
  return {
    ...server,
    owner,
    project: (name = "Test", timeZone = "Europe/Berlin") =>
      Effect.map(server.ask("POST", "/v1/projects", { token: owner, body: { name, timeZone } }), (made) => made.body),
    secretKey: (projectId, scopes) =>
      Effect.map(
        server.ask("POST", `/v1/projects/${projectId}/secret-keys`, { token: owner, body: { name: "key", scopes } }),
        (made) => made.body.secret,
      ),
  } satisfies Settled
})

/** The settled server as a service, one for a block of tests. */
export class Running extends Context.Service<Running, Settled>()("test/Running") {
  static readonly layer = Layer.effect(Running, settled)
}

export { WEB }
