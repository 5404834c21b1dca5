import { createServer } from "node:http"
import { readSettings } from "./server/settings.ts"
import { log } from "./server/log.ts"
import { answer } from "./server/answer.ts"
import { stopOnSignal } from "./server/stop.ts"

const settings = readSettings(process.env)
const server = createServer(await answer(settings))
stopOnSignal(server)
server.listen(settings.port, settings.host, () =>
  log("info", "listening", { host: settings.host, port: settings.port, url: settings.webUrl.href }),
)
