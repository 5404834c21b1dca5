import { NodeHttpServer } from "@effect/platform-node"
import { Effect, Exit, Layer, Redacted, Result, Schema, Scope, Stream } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import type { HttpServerRequest } from "effect/http"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { createServer } from "node:http"
import { Principal } from "../../src/principal.ts"
import { fieldErrorsOf, layerRequestValidation, RequiredScopes } from "../../src/runtime.ts"

const book = {
  id: "0b1f7d6e-1111-4222-8333-444455556666",
  author: { kind: "person", name: "Ada" },
  rating: null,
  borrowedBy: null,
  facts: { a: 1 },
}

/** The fixture's generated API behind real HTTP, with handlers small enough to read. Its modules are typed only once generated. */
export const serveLibrary = async (library: any, shared: any) => {
  const books = HttpApiBuilder.group(library.Library, "books" as never, (handlers: any) =>
    handlers.handleAll({
      listBooks: ({ query }: any) => Effect.succeed(query),
      createBook: ({ payload }: any) =>
        payload.title === "slow"
          ? Effect.fail(new shared.TooManyRequests({ detail: "later", headers: { "retry-after": 7 } }))
          : Effect.succeed(
              HttpApiSchema.withHeaders({
                body: { ...book, title: `${payload.title}, ${payload.kind}` },
                headers: { location: "/books/1" },
              }),
            ),
      updateBook: ({ payload }: any) =>
        payload.title === "gone" ? Effect.fail(new shared.NotFound({ detail: "no such book" })) : Effect.void,
    }),
  )
  const desk = HttpApiBuilder.group(library.Library, "desk" as never, (handlers: any) =>
    handlers
      .handleRaw(
        "returnBooks",
        Effect.fnUntraced(function* ({ request }: { readonly request: HttpServerRequest.HttpServerRequest }) {
          const principal = yield* Principal
          const body = JSON.parse(yield* Effect.orDie(request.text))
          const decoded = Schema.decodeUnknownResult(library.Returns as Schema.Codec<{ readonly books: ReadonlyArray<unknown> }>)(body)
          if (Result.isFailure(decoded))
            return yield* Effect.fail(new shared.BadRequest({ errors: fieldErrorsOf(decoded.failure.issue, "body") }))
          const good = decoded.success.books.filter(Schema.is(library.Return))
          return { taken: principal._tag === "User" ? good.length + 100 : good.length }
        }),
      )
      .handleAll({
        exportLabels: () => Effect.succeed(HttpApiSchema.withHeaders({ body: "a,b\n", headers: { "content-disposition": "attachment" } })),
        watchBell: () => Effect.succeed(Stream.fromIterable([{ at: "2026-01-01T00:00:00Z" }, { at: "2026-01-01T00:00:01Z" }])),
        uploadScan: ({ payload }: any) => Effect.succeed({ name: payload.file.name, note: payload.note ?? null }),
      }),
  )
  const user = { _tag: "User", id: "u", memberships: [] } as const
  const guard =
    (kind: string) =>
    (effect: any, { credential, endpoint }: any): any => {
      const token = Redacted.value<string>(credential)
      const needed: ReadonlyArray<string> = endpoint.annotations.mapUnsafe.get(RequiredScopes.key) ?? []
      if (token === "") return Effect.fail(new shared.Unauthorized({ detail: `no ${kind}` }))
      if (token === "reader" && needed.includes("books:write"))
        return Effect.fail(new shared.Forbidden({ detail: `needs ${needed.join()}` }))
      return Effect.provideService(effect, Principal, user)
    }
  const optional = (effect: any, { credential }: any): any =>
    Effect.provideService(effect, Principal, Redacted.value(credential) === "" ? { _tag: "SharedLink", projectId: "" } : user)
  const security = Layer.mergeAll(
    Layer.succeed(library.SessionOrApiKey, { session: guard("user"), apiKey: guard("secretKey") }),
    Layer.succeed(library.SessionOptional, { session: optional }),
    layerRequestValidation<any, any>(library.RequestValidation, (errors) => new shared.BadRequest({ detail: "Malformed.", errors })),
  )
  const routes = (HttpApiBuilder.layer(library.Library) as unknown as Layer.Layer<any, any, any>).pipe(
    Layer.provide([books, desk] as never),
    Layer.provide(security),
  )
  const server = HttpRouter.serve(routes as never, { disableLogger: true, disableListenLog: true }).pipe(
    Layer.provideMerge(NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1" })),
  )
  const scope = Scope.makeUnsafe()
  const context = await Effect.runPromise(Layer.buildWithScope(server as Layer.Layer<HttpServer.HttpServer>, scope))
  const { address } = await Effect.runPromise(Effect.provideContext(HttpServer.HttpServer, context))
  const port = address._tag === "InetAddressV4" ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}
