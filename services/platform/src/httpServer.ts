import { NodeHttpServer } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { PROBLEM_JSON, problemBody } from "./Problem.ts"

const headers: ReadonlyArray<readonly [string, string]> = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cache-control", "no-store"],
]

const REQUEST_ID = /^[\w.-]{8,128}$/

/** Set on the bare response before any handler runs, so that no answer lacks them; a handler's own value of a header wins. */
const prepare = (request: IncomingMessage, response: ServerResponse) => {
  for (const [name, value] of headers) response.setHeader(name, value)
  const given = request.headers["x-request-id"]
  response.setHeader("x-request-id", typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID())
}

const statusOf = (code: string | undefined): number =>
  code === "HPE_HEADER_OVERFLOW" ? 431 : code === "HPE_CHUNK_EXTENSIONS_OVERFLOW" ? 413 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400

/** What is not HTTP, or too large in its headers, never becomes a request; it is answered here. */
const refuse = (error: NodeJS.ErrnoException, socket: Socket) => {
  if (!socket.writable || error.code === "ECONNRESET") return socket.destroy()
  const problem = problemBody(statusOf(error.code), "This could not be read as an HTTP request.")
  const body = JSON.stringify(problem)
  return socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: ${PROBLEM_JSON}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Idle keep-alive connections would hold a closing server open until they time out; closes them as they become idle. */
const closeIdleOnce = (server: Server) => {
  const close = server.close.bind(server)
  server.close = (done) => {
    const timer = setInterval(() => server.closeIdleConnections(), 50)
    return close((error) => {
      clearInterval(timer)
      done?.(error)
    })
  }
}

/** A node:http server behind Effect's `HttpServer`. */
export const httpServer = (options: { readonly host: string; readonly port: number }) =>
  Effect.sync(() => {
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000, noDelay: true })
    closeIdleOnce(server)
    server.on("request", prepare).on("checkContinue", prepare).on("clientError", refuse)
    return server
  }).pipe(
    Effect.map((server) => NodeHttpServer.layerServer(() => server, { ...options, gracefulShutdownTimeout: "20 seconds" })),
    Layer.unwrap,
  )
