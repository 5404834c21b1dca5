import { createServer } from "node:http"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { workerThreads } from "./config.ts"

// Before anything touches libuv's pool: it reads its size once.
process.env["UV_THREADPOOL_SIZE"] = String(workerThreads)

// Its log is on the disk that may be full; that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)

const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, path: { type: "string" } } })
const password = process.env["DOOR_PASSWORD"] ?? ""
if (values.path === undefined || password === "") throw new Error("usage: DOOR_PASSWORD=... door/main.ts --port N --path DIR")

const { Engine } = await import("./engine.ts")
const { handle } = await import("./handle.ts")

const engine = await Engine.open(resolve(values.path))
const server = createServer(
  { maxHeaderSize: 1024 * 1024, keepAliveTimeout: 30_000, requestTimeout: 0 },
  (request, response) => void handle(engine, password, request, response),
)

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  server.close()
  server.closeIdleConnections()
  const impatient = setTimeout(() => server.closeAllConnections(), 3000)
  const closed = await engine.close()
  clearTimeout(impatient)
  if (closed) process.exit(0)
  // An orderly exit would wait for the threads of the statements that run.
  process.kill(process.pid, "SIGKILL")
}
process.on("SIGTERM", () => void stop())
process.on("SIGINT", () => void stop())

server.listen(Number(values.port), "127.0.0.1", () => {
  const address = server.address()
  if (address !== null && typeof address === "object") process.stdout.write(`${JSON.stringify({ ready: true, port: address.port })}\n`)
})
