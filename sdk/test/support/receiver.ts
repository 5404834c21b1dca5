import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** An event as it arrived. */
export interface Received {
  readonly id: string
  readonly kind: string
  readonly name?: string
  readonly timestamp: string
  readonly url: string
  readonly title?: string
  readonly referrer?: string
  readonly properties?: Record<string, unknown>
}

/** A request as it arrived. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  readonly bytes: number
  readonly body: { readonly key: string; readonly sentAt: string; readonly client?: object; readonly events: Received[] }
  readonly status: number
}

/** What the receiver answers. */
export interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly text?: string
}

/** A small ingest service on a free port: records what comes, answers what the test says, can go down and come back. */
export class Receiver implements AsyncDisposable {
  readonly requests: Request[] = []
  readonly preflights: string[] = []
  /** What `GET /script.js` answers. */
  script: Uint8Array = new Uint8Array()
  answer: (request: Omit<Request, "status">) => Answer | Promise<Answer> = () => ({ status: 202 })
  port = 0
  #server = createServer((request, response) => void this.#receive(request, response))

  static async start(): Promise<Receiver> {
    const receiver = new Receiver()
    await receiver.up()
    return receiver
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Every event that was answered with success, in order of arrival, repeated ones included. */
  get accepted(): Received[] {
    return this.requests.filter(({ status }) => status < 300).flatMap(({ body }) => body.events)
  }

  async up(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, "127.0.0.1", resolve))
    this.port = (this.#server.address() as AddressInfo).port
  }

  /** Cuts every connection, whatever is under way on it. */
  hangUp(): void {
    this.#server.closeAllConnections()
  }

  async down(): Promise<void> {
    this.hangUp()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down()
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" }
    if (request.method === "OPTIONS") {
      this.preflights.push(request.url!)
      response.writeHead(204, { ...cors, "access-control-allow-headers": "*" }).end()
      return
    }
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(this.script)
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks)
    const seen = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      bytes: text.length,
      body: JSON.parse(text.toString()) as Request["body"],
    }
    const { status, headers, text: answer } = await this.answer(seen)
    this.requests.push({ ...seen, status })
    response.writeHead(status, { ...cors, ...headers }).end(answer)
  }
}
