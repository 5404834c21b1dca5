import { rmSync } from "node:fs"
import { join } from "node:path"
import { stateFolder } from "./checkout.ts"
import { commandLine, refuse } from "./command-line.ts"
import { sentenceOf } from "./disk.ts"
import { checkGivenUrls } from "./given-urls.ts"
import { greeting } from "./greeting.ts"
import { Ports } from "./ports.ts"
import { buildFrontends, migrate, productProcesses, productUrls, setupCodeOf, type ProductUrls } from "./product.ts"
import { withProgress } from "./progress.ts"
import { publicUrls } from "./public-urls.ts"
import { startStack, urlsFromEnvironment, type Stack } from "./stack.ts"
import { writeWhole } from "./state-file.ts"
import { messageOf } from "./unable.ts"
import { Supervisor, untilAsked } from "./supervisor.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

commandLine({
  usage: `npm start

Runs Footfall on this machine until Ctrl-C: ClickHouse, Postgres and Redis, the services and the dashboard. Prints where they are.

  --help   show this

FOOTFALL_DATA                             where data, logs and secrets are kept (.footfall)
CLICKHOUSE_URL, DATABASE_URL, REDIS_URL   your own engines, used instead of those that this command runs
WEB_URL, INGEST_URL, TRUSTED_PROXIES      for a real site behind a proxy; see docs/deploy.md, which names all of them`,
  options: {},
})

// A terminal that is gone, or a full disk behind it, is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)

const ourFolder = (): string => {
  try {
    return stateFolder()
  } catch (cause) {
    return refuse(messageOf(cause))
  }
}

const folder = ourFolder()
const runtimeFile = join(folder, "runtime.json")
const supervisor = new Supervisor(say)

/** What `npm run demo` and the curious need to find us; holds secrets, so it is ours alone. */
const writeRuntime = (stack: Stack, urls: ProductUrls, setupCode: string): void => {
  const { clickhouseUrl, databaseUrl, redisUrl } = stack
  const reached = publicUrls(urls)
  const pids = Object.fromEntries(supervisor.processes.map(({ name, pid }) => [name, pid]))
  const runtime = { pid: process.pid, ...urls, reached, clickhouseUrl, databaseUrl, redisUrl, setupCode, pids }
  writeWhole(runtimeFile, `${JSON.stringify(runtime, null, 2)}\n`)
}

/** Whether nobody owns this instance yet. */
const isFresh = async ({ queryUrl }: ProductUrls): Promise<boolean> => {
  const answer = await fetch(`${queryUrl}/v1/setup`)
  return answer.ok && ((await answer.json()) as { needed: boolean }).needed
}

let stack: Stack | undefined

/** Starts the four processes. Their ports are chosen only now: whatever takes long is done, so hardly anybody can come in between. */
const startProduct = async (on: Stack): Promise<ProductUrls> => {
  const ports = new Ports(join(folder, "ports.json"), (name, from, to) => {
    const so = name === "ingest" ? " Pages with the old snippet do not reach it." : ""
    say(`Port ${from} of ${name} is taken; using ${to}.${so}`)
  })
  const make = async () => {
    const urls = await productUrls(ports)
    const processes = productProcesses(on, urls, folder)
    for (const one of processes) on.follow(one)
    return { urls, processes }
  }
  return (await supervisor.startTogether(make, (port) => ports.lose(port))).urls
}

/** Stores, tables, front ends, services, in that order; gives up between two steps when asked to stop. */
const bringUp = async (signal: AbortSignal): Promise<void> => {
  await checkGivenUrls()
  stack = await withProgress(say, "Starting ClickHouse, Postgres and Redis", startStack({ dataDir: folder, ...urlsFromEnvironment() }))
  for (const engine of stack.processes) supervisor.adopt(engine)
  signal.throwIfAborted()
  await Promise.all([migrate(say, stack, folder), buildFrontends(say, folder)])
  signal.throwIfAborted()
  const urls = await withProgress(say, "Starting query, enrichment-worker, ingest and the dashboard", startProduct(stack))
  const setupCode = setupCodeOf(folder)
  const write = () => stack && writeRuntime(stack, urls, setupCode)
  write()
  for (const one of supervisor.processes) one.onStart(write)
  const reached = publicUrls(urls)
  const setupLink = (await isFresh(urls)) ? `${reached.webUrl}/setup#code=${setupCode}` : undefined
  for (const line of greeting({ stack, urls, reached, folder, setupLink })) say(line)
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
  say(sentenceOf(cause, folder))
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
