import { NodeHttpServer } from "@effect/platform-node"
import { randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { DEFAULT_HEADERS } from "./defaultHeaders.ts"
import { PROBLEM_JSON, problemBody } from "./Problem.ts"
import { begun, refuseUnreadable } from "./unreadable.ts"

const REQUEST_ID = /^[\w.-]{8,128}$/

/** Cuts a connection whose client takes nothing of its answer. One that still waits for its answer is left alone. */
const cutWhenUnread = (socket: Socket) => {
  if (socket.writableLength > 0) socket.destroy()
}

/** Set on the bare response before any handler runs, so that no answer lacks them; a handler's own value of a header wins. */
const prepare = (request: IncomingMessage, response: ServerResponse) => {
  for (const [name, value] of DEFAULT_HEADERS) response.setHeader(name, value)
  const given = request.headers["x-request-id"]
  response.setHeader("x-request-id", typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID())
  response.on("timeout", cutWhenUnread)
  begun(response)
}

/** Node would answer an expectation that it does not know without a body. */
const refuseExpectation = (request: IncomingMessage, response: ServerResponse) => {
  prepare(request, response)
  const body = JSON.stringify(problemBody(417, "The only expectation that is met here is 100-continue."))
  response.writeHead(417, { "content-type": PROBLEM_JSON, "content-length": body.length, connection: "close" }).end(body)
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

/** Where a server listens. */
export interface HttpServerOptions {
  readonly host: string
  readonly port: number
  /** How long a client may take nothing of an answer that waits for it, ms. 30 s unless set. */
  readonly unreadMs?: number
  /** How long a request may take to arrive, ms, its head half of that; then it is answered 408, a second late at most. 30 s unless set. */
  readonly arrivalMs?: number
}

/** How often Node looks whether a request takes too long, ms. By itself it would look every 30 s, and so cut after up to a minute. */
const LOOK_MS = 1_000

/**
 * A node:http server behind Effect's `HttpServer`. Nobody is offered another protocol: with the listener for upgrades that
 * Effect registers, Node would otherwise take every request with an `Upgrade` header (`curl --http2` sends one) out of the
 * usual way, past its timeouts and our headers. Requests without Host get here too; `ProblemFallback` answers them.
 */
export const httpServer = ({ unreadMs = 30_000, arrivalMs = 30_000, ...listen }: HttpServerOptions) =>
  NodeHttpServer.layerServer(
    () => {
      const server = createServer({
        requestTimeout: arrivalMs,
        headersTimeout: arrivalMs / 2,
        connectionsCheckingInterval: Math.min(LOOK_MS, arrivalMs / 2),
        keepAliveTimeout: 65_000,
        noDelay: true,
        requireHostHeader: false,
        shouldUpgradeCallback: () => false,
      })
      server.timeout = unreadMs
      closeIdleOnce(server)
      server.on("request", prepare).on("checkContinue", prepare)
      server.on("checkExpectation", refuseExpectation).on("clientError", refuseUnreadable)
      return server
    },
    { ...listen, gracefulShutdownTimeout: "20 seconds" },
  )
