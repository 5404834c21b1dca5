import { createClient } from "@clickhouse/client"
import { testStack } from "@footfall/local/stack"
import { randomBytes } from "node:crypto"
import pg from "pg"

/** Where the engines are. */
export interface Engines {
  readonly clickhouseUrl: string
  readonly databaseUrl: string
  readonly redisUrl: string
}

/** A corner of the engines that nobody else uses. */
export interface Corner {
  readonly env: Readonly<Record<string, string>>
  readonly clickhouseDatabase: string
  readonly redisPrefix: string
  readonly drop: () => Promise<void>
}

let started: Promise<Engines> | undefined

/** The engines that the test run shares: those named by the environment, else a stack of this process's own. */
export const sharedEngines = (): Promise<Engines> => {
  const { CLICKHOUSE_URL, DATABASE_URL, REDIS_URL } = process.env
  if (CLICKHOUSE_URL !== undefined && DATABASE_URL !== undefined && REDIS_URL !== undefined)
    return Promise.resolve({ clickhouseUrl: CLICKHOUSE_URL, databaseUrl: DATABASE_URL, redisUrl: REDIS_URL })
  started ??= testStack().then((stack) => {
    process.once("exit", () => void stack.stop())
    return stack
  })
  return started
}

/** Makes a fresh ClickHouse database, Postgres database and Redis prefix. */
export const corner = async (engines: Engines): Promise<Corner> => {
  const name = `t_${randomBytes(6).toString("hex")}`
  const clickhouse = createClient({ url: engines.clickhouseUrl })
  await clickhouse.command({ query: `CREATE DATABASE ${name}` })
  const postgres = new pg.Client({ connectionString: engines.databaseUrl })
  // The engines may be stopped before the corner is dropped.
  postgres.on("error", () => undefined)
  await postgres.connect()
  await postgres.query(`CREATE DATABASE ${name}`)
  const databaseUrl = new URL(engines.databaseUrl)
  databaseUrl.pathname = `/${name}`
  return {
    env: {
      CLICKHOUSE_URL: engines.clickhouseUrl,
      CLICKHOUSE_DATABASE: name,
      DATABASE_URL: databaseUrl.href,
      REDIS_URL: engines.redisUrl,
      REDIS_PREFIX: `${name}:`,
      AUTH_SECRET: randomBytes(32).toString("base64url"),
    },
    clickhouseDatabase: name,
    redisPrefix: `${name}:`,
    drop: async () => {
      await clickhouse.command({ query: `DROP DATABASE IF EXISTS ${name}` }).catch(() => undefined)
      await postgres.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => undefined)
      await Promise.all([clickhouse.close(), postgres.end().catch(() => undefined)])
    },
  }
}
