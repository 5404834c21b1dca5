import { createServer } from "node:http"
import { readSettings } from "./server/settings.ts"
import { log } from "./server/log.ts"
import { answer } from "./server/answer.ts"
import { stopOnSignal } from "./server/stop.ts"

const settings = readSettings(process.env)
// A request has to arrive within these times; who sends it slower only wants to hold a place.
const server = createServer({ headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 }, await answer(settings))
stopOnSignal(server)
server.listen(settings.port, settings.host, () =>
  log("info", "listening", { host: settings.host, port: settings.port, url: settings.webUrl.href }),
)
