import type { Server } from "node:http"
import { log } from "./log.ts"

/** How long open requests may take to finish once we were asked to stop, in milliseconds. */
const patience = 10_000

/** On SIGTERM or SIGINT: takes no new connections, finishes open requests, exits with 0. A second signal exits at once. */
export const stopOnSignal = (server: Server): void => {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(0)
    stopping = true
    log("info", "stopping", { signal })
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), patience).unref()
  }
  process.on("SIGTERM", stop)
  process.on("SIGINT", stop)
}
