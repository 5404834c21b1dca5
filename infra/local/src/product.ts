import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { authSecretFile, root, setupCodeFile, webSecretFile } from "./checkout.ts"
import { mustRun } from "./command.ts"
import { readerEnvironment } from "./clickhouse.ts"
import { ManagedProcess } from "./managed-process.ts"
import type { Ports } from "./ports.ts"
import { ingestDatabaseUrlOf } from "./postgres.ts"
import { withProgress, type Say } from "./progress.ts"
import { publicUrls } from "./public-urls.ts"
import { environmentFor, type Part } from "./product-environment.ts"
import { environmentOf, type Stack } from "./stack.ts"
import { buildWhenStale } from "./stamped-build.ts"

/** Where the product answers. */
export interface ProductUrls {
  readonly webUrl: string
  readonly ingestUrl: string
  readonly queryUrl: string
  readonly workerUrl: string
}

/** The addresses of the four processes on this machine: the usual ports, or the next free ones. */
export const productUrls = async (ports: Ports): Promise<ProductUrls> => ({
  // The first two are opened by browsers, and "localhost" is what they treat as a secure place.
  webUrl: `http://localhost:${await ports.of("web", 3000)}`,
  ingestUrl: `http://localhost:${await ports.of("ingest", 3001)}`,
  queryUrl: `http://127.0.0.1:${await ports.of("query", 3002)}`,
  workerUrl: `http://127.0.0.1:${await ports.of("enrichment-worker", 3003)}`,
})

/** Whether an engine is run by us. */
const runs = (stack: Stack, engine: string): boolean => stack.processes.some(({ name }) => name === engine)

const setupFile = (folder: string): string => process.env["SETUP_CODE_FILE"] ?? setupCodeFile(folder)

/** The code that makes the person who has it the owner of this instance, as long as there is none. */
export const setupCodeOf = (folder: string): string => process.env["SETUP_CODE"] ?? readFileSync(setupFile(folder), "utf8").trim()

/** The whole configuration of the product on this machine; each process gets its part of it, see {@link environmentFor}. */
const productEnvironment = (stack: Stack, folder: string): Readonly<Record<string, string | undefined>> => ({
  ...process.env,
  ...environmentOf(stack),
  // Our own ClickHouse has users of its own, and its password is in its URL.
  ...(runs(stack, "clickhouse") ? { CLICKHOUSE_USER: "default", CLICKHOUSE_PASSWORD: undefined, CLICKHOUSE_PASSWORD_FILE: undefined } : {}),
  CLICKHOUSE_DATABASE: process.env["CLICKHOUSE_DATABASE"] ?? "footfall",
  HOST: "127.0.0.1",
  AUTH_SECRET_FILE: process.env["AUTH_SECRET_FILE"] ?? authSecretFile(folder),
  SETUP_CODE_FILE: setupFile(folder),
  WEB_SECRET_FILE: process.env["WEB_SECRET_FILE"] ?? webSecretFile(folder),
  NODE_ENV: "production",
})

/**
 * How far the room for young objects may grow, MiB; 4 where nothing is said. It grows only under load. In ingest, many requests wait for
 * the log at once: with 4 or 16 it takes 15 to 40 % more CPU than with 32, since what waits becomes old, and no less memory. The worker
 * keeps the events and sessions of a whole batch, which are as young.
 */
const YOUNG_MIB: Readonly<Record<string, number>> = { ingest: 32, "enrichment-worker": 32 }

/** Options of node for a process of the product. */
export const nodeOptions = (name: string): ReadonlyArray<string> => [`--max-semi-space-size=${YOUNG_MIB[name] ?? 4}`]

const healthy = async (port: string): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) })).ok

/** The four processes of the product, in the order of their start. */
export const productProcesses = (stack: Stack, urls: ProductUrls, folder: string): ReadonlyArray<ManagedProcess> => {
  const { webUrl, ingestUrl, queryUrl } = publicUrls(urls)
  const everything = { ...productEnvironment(stack, folder), INGEST_URL: ingestUrl, QUERY_URL: queryUrl, WEB_URL: webUrl }
  const one = (name: Exclude<Part, "migration">, file: string, url: string, more: Readonly<Record<string, string>> = {}) => {
    const { port } = new URL(url)
    return new ManagedProcess({
      name,
      port: Number(port),
      command: process.execPath,
      args: [...nodeOptions(name), join(root, file)],
      cwd: root,
      env: { ...environmentFor(name, everything), ...more, PORT: port },
      logFile: join(folder, "logs", `${name}.log`),
      startMs: 60_000,
      ready: () => healthy(port),
    })
  }
  return [
    // ClickHouse holds query to reading.
    one("query", "services/query/src/main.ts", urls.queryUrl, runs(stack, "clickhouse") ? readerEnvironment(stack.clickhouseUrl) : {}),
    one("enrichment-worker", "services/enrichment-worker/src/main.ts", urls.workerUrl),
    // Strangers speak to ingest, so it may only read keys.
    one(
      "ingest",
      "services/ingest/src/main.ts",
      urls.ingestUrl,
      runs(stack, "postgres") ? { DATABASE_URL: ingestDatabaseUrlOf(stack.databaseUrl) } : {},
    ),
    // The dashboard asks query, the others only tell where it is.
    one("web", "web/server.ts", urls.webUrl, { QUERY_URL: urls.queryUrl }),
  ]
}

/** Brings the stores' tables up to date. */
export const migrate = async (say: Say, stack: Stack, folder: string): Promise<void> => {
  const environment = environmentFor("migration", productEnvironment(stack, folder))
  await withProgress(
    say,
    "Migrating the stores",
    mustRun("Migrating the stores", process.execPath, [join(root, "services/migrate/src/main.ts")], environment),
  )
}

/** Builds tracker and dashboard where they are missing or older than their sources. */
export const buildFrontends = async (say: Say, folder: string): Promise<void> => {
  const build = async (name: string, label: string, sources: ReadonlyArray<string>, output: string) => {
    const make = async () => void (await withProgress(say, label, mustRun(label, "pnpm", ["--filter", `@footfall/${name}`, "build"])))
    if (existsSync(join(root, name))) await buildWhenStale({ name, sources, output }, folder, make)
  }
  await build("sdk", "Building the tracker", ["sdk/src", "sdk/scripts", "sdk/package.json", "pnpm-lock.yaml"], "sdk/dist/script.js")
  const web = ["src", "server", "static", "vite.config.ts", "svelte.config.js", "package.json"].map((path) => `web/${path}`)
  await build("web", "Building the dashboard", [...web, "sdk/src", "docs/deploy.md", "pnpm-lock.yaml"], "web/build/handler.js")
}
