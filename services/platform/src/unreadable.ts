import { type ServerResponse, STATUS_CODES } from "node:http"
import type { Socket } from "node:net"
import { DEFAULT_HEADERS } from "./defaultHeaders.ts"
import { PROBLEM_JSON, problemBody } from "./Problem.ts"

/** How long a refused client may go on sending before the connection is cut, so that it can read why; ms. */
const GRACE_MS = 500

const statusOf = (code: string | undefined): number =>
  code === "HPE_HEADER_OVERFLOW" ? 431 : code === "HPE_CHUNK_EXTENSIONS_OVERFLOW" ? 413 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400

const answerTo = (error: NodeJS.ErrnoException): string => {
  const status = statusOf(error.code)
  const detail = status === 408 ? "The request took too long to arrive." : "This is not a valid HTTP request."
  const body = JSON.stringify(problemBody(status, detail))
  const headers = [...DEFAULT_HEADERS, ["content-type", PROBLEM_JSON], ["content-length", body.length], ["connection", "close"]]
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`
}

const end = (error: NodeJS.ErrnoException, socket: Socket) => {
  socket.end(answerTo(error))
  const timer = setTimeout(() => socket.destroy(), GRACE_MS)
  socket.once("close", () => clearTimeout(timer))
}

/** The answer that each connection is at; requests come one after the other, so all others are over. */
const latest = new WeakMap<Socket, ServerResponse>()

/** Connections whose refusal is decided; what still comes from them is not read. */
const refused = new WeakSet<Socket>()

/** Says that a request has begun, so that what turns out unreadable behind its head is known to belong to it. */
export const begun = (response: ServerResponse): void => void latest.set(response.req.socket, response)

/**
 * Answers what never becomes a request, or stops being one: no HTTP, headers too large, too slow. Each request is answered
 * once: when the unreadable part belongs to a request that has its answer the connection is cut, and when an earlier request
 * still waits for its own, that one goes first.
 */
export const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (refused.has(socket)) return
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy()
  refused.add(socket)
  const response = latest.get(socket)
  if (response === undefined) return end(error, socket)
  if (!response.req.complete) return response.headersSent ? void socket.destroy() : end(error, socket)
  if (response.writableFinished) return end(error, socket)
  response.once("finish", () => {
    if (socket.writable) end(error, socket)
  })
}
