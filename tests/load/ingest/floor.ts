/**
 * Child process: the least that an ingest can do. Bare node:http reads the body, JSON.parses it, XADDs the same bytes to Redis and
 * answers 202 when they are acknowledged. No validation, no keys, no packing. REDIS_URL, FLOOR_STREAM; prints its port.
 */
import { Redis } from "ioredis"
import { createServer } from "node:http"

const redis = new Redis(process.env["REDIS_URL"] ?? "")
const stream = process.env["FLOOR_STREAM"] ?? "floor"

const server = createServer((request, response) => {
  const chunks: Array<Buffer> = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const bytes = Buffer.concat(chunks)
    const { events } = JSON.parse(bytes.toString("utf8")) as { events: ReadonlyArray<unknown> }
    const answer = JSON.stringify({ accepted: events.length, refused: 0, refusals: [] })
    redis.xadd(stream, "*", "b", bytes).then(
      () => response.writeHead(202, { "content-type": "application/json", "content-length": answer.length }).end(answer),
      () => response.writeHead(503).end(),
    )
  })
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address === "object" && address !== null) process.stdout.write(`${address.port}\n`)
})
process.on("SIGTERM", () => process.exit(0))
