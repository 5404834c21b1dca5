import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client"
import { startStack } from "@footfall/local/stack"
import { createAnalyticsClient, createManagementClient } from "@footfall/sdk/api"
import { execFile } from "node:child_process"
import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { freePort } from "@footfall/local/ports"
import { ServiceProcess } from "../../support/process.ts"
import { type Versions, versionsOf } from "../machine.ts"
import { checked, eventsPerSession, fill } from "./dataset.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const database = "bench"
const day = 86_400_000

/** How much to ask of. */
export interface Sizes {
  /** About how many events the projects that are asked about have. */
  readonly asked: ReadonlyArray<number>
  readonly others: { readonly projects: number; readonly eventsEach: number }
  readonly days: number
}

/** A project of the dataset. */
export interface Filled {
  readonly id: string
  readonly events: number
}

/** What is remembered of a filled folder. */
interface Remembered {
  readonly password: string
  readonly authSecret: string
  readonly projects: ReadonlyArray<Filled>
  /** Rows of events in all, other projects included. */
  readonly rows: number
  readonly from: number
  readonly to: number
}

/** A filled warehouse with the query service in front of it. */
export interface Warehouse extends Omit<Remembered, "password" | "authSecret"> {
  readonly versions: Versions
  readonly clickhouse: ClickHouseClient
  readonly analytics: ReturnType<typeof createAnalyticsClient>
  readonly stop: () => Promise<void>
}

/** Changes with the schema and with what is filled in, so that an old folder is never taken for a new one. */
const keyOf = (sizes: Sizes): string => {
  const hash = createHash("sha256").update(JSON.stringify(sizes))
  const migrations = `${root}services/warehouse/migrations/`
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(`${migrations}${name}`))
  return hash
    .update(readFileSync(new URL("dataset.ts", import.meta.url)))
    .digest("hex")
    .slice(0, 12)
}

/** Merges what was inserted, as time would: one part a partition and table. */
const settle = async (clickhouse: ClickHouseClient): Promise<void> => {
  for (const table of ["sessions", "events"]) {
    const answer = await clickhouse.query({
      query: "SELECT DISTINCT partition FROM system.parts WHERE active AND database = {database:String} AND table = {table:String}",
      query_params: { database, table },
      format: "JSONEachRow",
    })
    for (const { partition } of await answer.json<{ partition: string }>())
      await clickhouse.command({
        query: `OPTIMIZE TABLE ${table} PARTITION ${Number(partition)} FINAL`,
        clickhouse_settings: { wait_end_of_query: 1 },
      })
  }
}

const fillAll = async (
  clickhouse: ClickHouseClient,
  queryUrl: string,
  token: string,
  sizes: Sizes,
  to: number,
): Promise<{ projects: Array<Filled>; rows: number }> => {
  const management = createManagementClient({ baseUrl: queryUrl, token })
  const total = sizes.asked.reduce((sum, events) => sum + events, 0) + sizes.others.projects * sizes.others.eventsEach
  const started = Date.now()
  const count = async () =>
    Number(
      (await (await clickhouse.query({ query: "SELECT count() AS n FROM events", format: "JSONEachRow" })).json<{ n: string }>())[0]?.n,
    )
  const of = async (project: string, events: number) =>
    fill(clickhouse, { project, sessions: Math.round(events / eventsPerSession), from: to - sizes.days * day, days: sizes.days }, () => {
      void count().then(
        (rows) => console.log(`filled ${rows} of about ${total} rows in ${Math.round((Date.now() - started) / 1000)} s`),
        () => undefined,
      )
    })
  const projects: Array<Filled> = []
  for (let i = 0; i < sizes.others.projects / 2; i++) await of(String(randomInt(1, 2 ** 47)), sizes.others.eventsEach)
  for (const events of sizes.asked) {
    const created = await management.POST("/v1/projects", { body: { name: `About ${events} events`, timeZone: "Europe/Berlin" } })
    if (created.data === undefined) throw new Error(JSON.stringify(created.error))
    await of(created.data.id, events)
    projects.push({ id: created.data.id, events: await checked(clickhouse, created.data.id) })
  }
  for (let i = 0; i < sizes.others.projects / 2; i++) await of(String(randomInt(1, 2 ** 47)), sizes.others.eventsEach)
  console.log("merging …")
  await settle(clickhouse)
  return { projects, rows: await count() }
}

/**
 * Starts ClickHouse, Postgres and the query service on a dataset of these sizes. It is made the first time and kept in
 * `.footfall/bench` until schema or dataset change.
 */
export const startWarehouse = async (sizes: Sizes): Promise<Warehouse> => {
  const dataDir = `${root}.footfall/bench/query-${keyOf(sizes)}`
  const file = `${dataDir}/dataset.json`
  if (!existsSync(file)) rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const remembered: Remembered | undefined = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined
  const password = remembered?.password ?? randomBytes(15).toString("base64url")
  const authSecret = remembered?.authSecret ?? randomBytes(32).toString("base64url")
  const stack = await startStack({ dataDir })
  const stopping: Array<() => Promise<unknown>> = [() => stack.stop()]
  const stop = async () => {
    for (const one of stopping.toReversed()) await one()
  }
  try {
    const port = await freePort()
    const setupCode = randomUUID()
    const env = {
      CLICKHOUSE_URL: stack.clickhouseUrl,
      CLICKHOUSE_DATABASE: database,
      DATABASE_URL: stack.databaseUrl,
      REDIS_URL: stack.redisUrl,
      AUTH_SECRET: authSecret,
      SETUP_CODE: setupCode,
      INGEST_URL: "http://127.0.0.1:3001",
      QUERY_URL: `http://127.0.0.1:${port}`,
      WEB_URL: "http://127.0.0.1:3000",
      PORT: String(port),
    }
    await promisify(execFile)(process.execPath, ["services/migrate/src/main.ts"], { cwd: root, env: { ...process.env, ...env } })
    const query = await ServiceProcess.start("query", env)
    stopping.push(() => query.stop())
    const clickhouse = createClient({
      url: stack.clickhouseUrl,
      database,
      request_timeout: 600_000,
      log: { level: ClickHouseLogLevel.ERROR },
    })
    stopping.push(() => clickhouse.close())
    const management = createManagementClient({ baseUrl: query.url })
    const owner = { email: "bench@example.com", password }
    const session =
      remembered === undefined
        ? await management.POST("/v1/setup", { body: { setupCode, name: "Bench", ...owner } })
        : await management.POST("/v1/sessions", { body: owner })
    if (session.data === undefined) throw new Error(`Signing in failed: ${JSON.stringify(session.error)}\n${query.log}`)
    const { token } = session.data
    const made = async (): Promise<Remembered> => {
      const to = Math.ceil(Date.now() / day) * day // The end of today, so that somebody is online today.
      const filled = { ...(await fillAll(clickhouse, query.url, token, sizes, to)), password, authSecret, from: to - sizes.days * day, to }
      writeFileSync(file, JSON.stringify(filled, null, 2), { mode: 0o600 })
      return filled
    }
    const { projects, rows, from, to } = remembered ?? (await made())
    return {
      projects,
      rows,
      from,
      to,
      versions: await versionsOf(stack),
      clickhouse,
      analytics: createAnalyticsClient({ baseUrl: query.url, token }),
      stop,
    }
  } catch (cause) {
    await stop()
    throw cause
  }
}
