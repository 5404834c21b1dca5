import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { stateFolder } from "./checkout.ts"
import { Ports } from "./ports.ts"
import { buildFrontends, migrate, productEnvironment, productProcesses, productUrls, type ProductUrls } from "./product.ts"
import { withProgress } from "./progress.ts"
import { startStack, urlsFromEnvironment, type Stack } from "./stack.ts"
import { Supervisor, untilAsked } from "./supervisor.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

const folder = stateFolder()
const logs = join(folder, "logs")
const runtimeFile = join(folder, "runtime.json")
const supervisor = new Supervisor(say)

const withoutPassword = (url: string): string => {
  const parsed = new URL(url)
  parsed.password &&= "***"
  return parsed.href
}

/** What `npm run demo` and the curious need to find us; holds secrets, so it is ours alone. */
const writeRuntime = (stack: Stack, urls: ProductUrls, setupCode: string): void => {
  const { clickhouseUrl, databaseUrl, redisUrl } = stack
  const pids = Object.fromEntries(supervisor.processes.map(({ name, pid }) => [name, pid]))
  const runtime = { pid: process.pid, ...urls, clickhouseUrl, databaseUrl, redisUrl, setupCode, pids }
  writeFileSync(runtimeFile, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 })
}

/** Whether nobody owns this instance yet. */
const isFresh = async ({ queryUrl }: ProductUrls): Promise<boolean> => {
  const answer = await fetch(`${queryUrl}/v1/setup`)
  return answer.ok && ((await answer.json()) as { needed: boolean }).needed
}

const printTable = (stack: Stack, urls: ProductUrls): void => {
  const row = (name: string, what: string) => say(`  ${name.padEnd(20)}${what}`)
  say("")
  row("dashboard", urls.webUrl)
  row("ingest", `${urls.ingestUrl}   (POST /v1/events, GET /script.js)`)
  row("query", `${urls.queryUrl}   (API; its documentation at /docs)`)
  row("enrichment-worker", `${urls.workerUrl}   (health)`)
  row("ClickHouse", stack.clickhouseUrl)
  row("Postgres", withoutPassword(stack.databaseUrl))
  row("Redis", withoutPassword(stack.redisUrl))
  row("data", folder)
  row("logs", logs)
  say("")
  say("Ctrl-C stops everything; the data stay.")
}

let stack: Stack | undefined

/** Stores, tables, front ends, services, in that order; gives up between two steps when asked to stop. */
const bringUp = async (signal: AbortSignal): Promise<void> => {
  stack = await withProgress(say, "Starting ClickHouse, Postgres and Redis", startStack({ dataDir: folder, ...urlsFromEnvironment() }))
  for (const engine of stack.processes) supervisor.adopt(engine)
  signal.throwIfAborted()
  const urls = await productUrls(new Ports(join(folder, "ports.json")))
  const env = productEnvironment(stack, urls, folder)
  await Promise.all([migrate(say, env), buildFrontends(say, folder)])
  signal.throwIfAborted()
  const starting = Promise.all(productProcesses(urls, env, logs).map((one) => supervisor.start(one)))
  await withProgress(say, "Starting query, enrichment-worker, ingest and the dashboard", starting)
  const setupCode = process.env["SETUP_CODE"] ?? readFileSync(env["SETUP_CODE_FILE"] ?? "", "utf8").trim()
  writeRuntime(stack, urls, setupCode)
  say("")
  say(`Footfall is ready: ${urls.webUrl}`)
  if (await isFresh(urls)) say(`It is new. Create its owner: ${urls.webUrl}/setup#code=${setupCode}`)
  printTable(stack, urls)
}

const stopping = new AbortController()
const asked = untilAsked(() => void supervisor.kill().finally(() => process.exit(1))).then(() => {
  say("")
  say("Stopping ...")
  stopping.abort(new Error("asked to stop"))
})

const up = bringUp(stopping.signal)
try {
  await Promise.race([up, asked])
  await asked
} catch (cause) {
  say("")
  say(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 1
}
if (stack !== undefined) rmSync(runtimeFile, { force: true })
// What still starts is stopped too: the first round ends it, so bringing up fails soon, the second ends what came in between.
await supervisor.stop()
await up.catch(() => undefined)
await supervisor.stop()
await stack?.stop()
if (process.exitCode === undefined) say("Stopped.")
process.exit()
