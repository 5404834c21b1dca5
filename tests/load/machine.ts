import { createClient } from "@clickhouse/client"
import { Redis } from "ioredis"
import { execFileSync } from "node:child_process"
import { cpus, release, totalmem } from "node:os"
import { fileURLToPath } from "node:url"
import pg from "pg"
import type { Engines } from "../support/engines.ts"

/** On what a figure was measured. */
export interface Machine {
  readonly at: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly kernel: string
  readonly node: string
  readonly commit: string
}

const commit = (): string => {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      stdio: ["ignore", "pipe", "ignore"],
    })
      .toString()
      .trim()
  } catch {
    return "unknown"
  }
}

/** This machine, now. */
export const thisMachine = (): Machine => ({
  at: new Date().toISOString(),
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  kernel: `${process.platform} ${release()} ${process.arch}`,
  node: process.version,
  commit: commit(),
})

/** Versions of the engines, asked of the engines. */
export interface Versions {
  readonly clickhouse: string
  readonly postgres: string
  readonly redis: string
}

export const versionsOf = async (engines: Engines): Promise<Versions> => {
  const clickhouse = createClient({ url: engines.clickhouseUrl })
  const postgres = new pg.Client({ connectionString: engines.databaseUrl })
  const redis = new Redis(engines.redisUrl)
  try {
    await postgres.connect()
    const version = await (
      await clickhouse.query({ query: "SELECT version() AS version", format: "JSONEachRow" })
    ).json<{ version: string }>()
    const server = await postgres.query<{ server_version: string }>("SHOW server_version")
    const info = await redis.info("server")
    return {
      clickhouse: `${version[0]?.version ?? "unknown"}`,
      postgres: server.rows[0]?.server_version ?? "unknown",
      redis: /redis_version:(\S+)/.exec(info)?.[1] ?? "unknown",
    }
  } finally {
    redis.disconnect()
    await Promise.all([clickhouse.close(), postgres.end()])
  }
}
