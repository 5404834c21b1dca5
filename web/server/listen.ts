import { createServer, type RequestListener, type Server } from "node:http"
import type { Socket } from "node:net"
import { begin, refuseUnreadable } from "./unreadable.ts"

/** How long clients may take, in milliseconds. */
export interface Patience {
  /** For the head of a request. */
  readonly head: number
  /** For a whole request. */
  readonly request: number
  /** Without taking anything of an answer that waits for them. */
  readonly unread: number
  /** How often that is looked at. */
  readonly check: number
}

/** Who sends or reads slower than this only wants to hold a place. */
const usual: Patience = { head: 15_000, request: 30_000, unread: 30_000, check: 5_000 }

/** A connection that still waits for its answer, or for its next request, is left alone. */
const cutWhenUnread = (socket: Socket): void => {
  if (socket.writableLength > 0) socket.destroy()
}

/**
 * A server around `answer`, not listening yet. Every answer that it makes itself carries `headers` too. It speaks HTTP/1.1 only: an
 * offer to upgrade is answered as if it had not been made, and so is an expectation that nobody knows.
 */
export const serverOf = (
  answer: RequestListener,
  headers: ReadonlyArray<readonly [string, string]>,
  patience: Patience = usual,
): Server => {
  const server = createServer({
    headersTimeout: patience.head,
    requestTimeout: patience.request,
    connectionsCheckingInterval: patience.check,
    requireHostHeader: false,
  })
  const listener: RequestListener = (request, response) => {
    begin(request, response)
    answer(request, response)
  }
  return server
    .setTimeout(patience.unread, cutWhenUnread)
    .on("request", listener)
    .on("checkExpectation", listener)
    .on("clientError", refuseUnreadable(headers))
}
