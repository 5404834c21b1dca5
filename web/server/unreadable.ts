import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { PROBLEM_JSON, problemBody } from "./problem.ts"

const statusOf = (code: string | undefined): number =>
  code === "HPE_HEADER_OVERFLOW" ? 431 : code === "HPE_CHUNK_EXTENSIONS_OVERFLOW" ? 413 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400

/** Where each connection is: its latest request, and the answer to it. */
const latest = new WeakMap<Socket, ServerResponse>()

/** Remembers which answer a connection is at. */
export const begin = (request: IncomingMessage, response: ServerResponse): void => void latest.set(request.socket, response)

/**
 * Answers what never becomes a request, or stops being one: no HTTP, headers too large, a body too slow. Then the connection ends. It
 * ends without an answer where one is on its way already.
 */
export const refuseUnreadable =
  (headers: ReadonlyArray<readonly [string, string]>) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    const response = latest.get(socket)
    const answering = response !== undefined && !response.writableFinished && (response.headersSent || response.req.complete)
    if (!socket.writable || answering || error.code === "ECONNRESET") return void socket.destroy()
    const status = statusOf(error.code)
    const detail = status === 408 ? "The request took too long to arrive." : "This could not be read as an HTTP request."
    const body = JSON.stringify(problemBody(status, detail))
    const all = [...headers, ["content-type", PROBLEM_JSON], ["content-length", String(body.length)], ["connection", "close"]]
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`)
    socket.destroySoon()
  }
