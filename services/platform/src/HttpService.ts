import { NodeHttpServer } from "@effect/platform-node"
import { ByteSize, Config, Effect, Layer } from "effect"
import { HttpMiddleware, HttpRouter, HttpServerRequest } from "effect/http"
import { httpServer } from "./httpServer.ts"
import * as ProblemFallback from "./ProblemFallback.ts"

/** How a service listens, where the environment does not say. */
export interface ServeOptions {
  /** Used when `PORT` is not set. */
  readonly port: number
  /** Larger bodies are answered 413 by handlers that read them through Effect. 1 MiB unless set. */
  readonly maxBodyBytes?: number
  /** Requests that are never traced, because they are too many. */
  readonly untraced?: (request: HttpServerRequest.HttpServerRequest) => boolean
}

const server = (options: ServeOptions) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const port = yield* Config.Int("PORT").pipe(Config.withDefault(options.port))
      const host = yield* Config.String("HOST").pipe(Config.withDefault("127.0.0.1"))
      return httpServer({ host, port })
    }),
  )

/**
 * Serves routes over HTTP/1.1 at `HOST`:`PORT` (127.0.0.1 and `options.port` unless set). Every answer carries security
 * headers and a request id, every refusal is problem+json, and closing the scope lets running requests finish (20 s) while
 * no new connection is accepted. Gives the `HttpServer`, whose address tells the real port when `PORT` is 0.
 */
export const serve = <A, E, R>(routes: Layer.Layer<A, E, R>, options: ServeOptions) =>
  HttpRouter.serve(Layer.provide(routes, ProblemFallback.layer), { disableLogger: true, disableListenLog: true }).pipe(
    Layer.provide(Layer.succeed(HttpServerRequest.MaxBodySize, ByteSize.bytes(options.maxBodyBytes ?? 1024 * 1024))),
    Layer.provide(Layer.succeed(HttpMiddleware.TracerDisabledWhen, options.untraced ?? (() => false))),
    Layer.provideMerge(server(options)),
    Layer.provide(NodeHttpServer.layerHttpServices),
  )
