import { readSettings } from "./server/settings.ts"
import { log } from "./server/log.ts"
import { answer } from "./server/answer.ts"
import { loadApp } from "./server/app.ts"
import { headersOf } from "./server/headers.ts"
import { serverOf } from "./server/listen.ts"
import { stopOnSignal } from "./server/stop.ts"

const settings = readSettings(process.env)
const server = serverOf(answer(settings, await loadApp()), headersOf(settings))
stopOnSignal(server)
server.listen(settings.port, settings.host, () => {
  const address = server.address()
  const port = typeof address === "object" ? address?.port : undefined
  log("info", "listening", { host: settings.host, port, url: settings.webUrl.href })
})
