import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { clickhouseProcess, clickhouseUrlOf } from "./clickhouse.ts"
import { lockFolder } from "./folder-lock.ts"
import { removeAfterwards } from "./guardian.ts"
import type { ManagedProcess } from "./managed-process.ts"
import { Ports } from "./ports.ts"
import { databaseUrlOf, postgresProcess } from "./postgres.ts"
import { redisProcess, redisUrlOf } from "./redis.ts"

export type EngineName = "clickhouse" | "postgres" | "redis"

/** Where the three stores answer. */
export interface StackUrls {
  readonly clickhouseUrl: string
  readonly databaseUrl: string
  readonly redisUrl: string
}

/** Where the data live, and which engines are somebody else's: one whose URL is given is not started. */
export interface StackOptions extends Partial<StackUrls> {
  readonly dataDir: string
}

/** The running local stores. */
export interface Stack extends StackUrls {
  /** The engines that we run, in the order of their start. */
  readonly processes: ReadonlyArray<ManagedProcess>
  /** Starts an engine that was killed, on its old port and data. */
  start(name: EngineName): Promise<void>
  /** Kills an engine with SIGKILL, as a power cut would. */
  kill(name: EngineName): Promise<void>
  /** Stops all engines in peace. */
  stop(): Promise<void>
}

/** Starts the stores that have no URL yet, in parallel, in `dataDir`; settles when all answer. Refuses a folder that another live stack uses. */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { dataDir } = options
  const logs = join(dataDir, "logs")
  mkdirSync(logs, { recursive: true })
  const lock = await lockFolder(dataDir)
  const ports = new Ports(join(dataDir, "ports.json"))
  const portOf = async (name: EngineName, given: string | undefined) => (given === undefined ? await ports.of(name) : 0)
  const clickhousePort = await portOf("clickhouse", options.clickhouseUrl)
  const postgresPort = await portOf("postgres", options.databaseUrl)
  const redisPort = await portOf("redis", options.redisUrl)
  const processes = [
    ...(options.databaseUrl === undefined ? [await postgresProcess(dataDir, logs, postgresPort)] : []),
    ...(options.redisUrl === undefined ? [redisProcess(dataDir, logs, redisPort)] : []),
    ...(options.clickhouseUrl === undefined ? [clickhouseProcess(dataDir, logs, clickhousePort)] : []),
  ]
  const engine = (name: EngineName): ManagedProcess => {
    const found = processes.find((one) => one.name === name)
    if (found === undefined) throw new Error(`${name} is not run by this stack: its URL was given.`)
    return found
  }
  const start = async (one: ManagedProcess) => {
    await one.start()
    lock.record(processes)
  }
  const stop = async () => {
    await Promise.all(processes.map((one) => one.stop()))
    lock.release()
  }
  const started = await Promise.allSettled(processes.map(start))
  const failed = started.find((one) => one.status === "rejected")
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  return {
    clickhouseUrl: options.clickhouseUrl ?? clickhouseUrlOf(clickhousePort),
    databaseUrl: options.databaseUrl ?? databaseUrlOf(dataDir, postgresPort),
    redisUrl: options.redisUrl ?? redisUrlOf(dataDir, redisPort),
    processes,
    start: (name) => start(engine(name)),
    kill: (name) => engine(name).kill(),
    stop,
  }
}

/** The stores' URLs that the environment gives; what it does not give is absent. */
export const urlsFromEnvironment = (env: NodeJS.ProcessEnv = process.env): Partial<StackUrls> => ({
  ...(env["CLICKHOUSE_URL"] ? { clickhouseUrl: env["CLICKHOUSE_URL"] } : {}),
  ...(env["DATABASE_URL"] ? { databaseUrl: env["DATABASE_URL"] } : {}),
  ...(env["REDIS_URL"] ? { redisUrl: env["REDIS_URL"] } : {}),
})

/** The URLs as the environment that every program of ours reads. */
export const environmentOf = (urls: StackUrls): Readonly<Record<string, string>> => ({
  CLICKHOUSE_URL: urls.clickhouseUrl,
  DATABASE_URL: urls.databaseUrl,
  REDIS_URL: urls.redisUrl,
})

/**
 * Stores for tests: those that the environment names (one stack for a whole run), the others fresh in a temp folder that `stop`
 * removes. With `own` always fresh ones, for tests that kill.
 */
export const testStack = async (own = false): Promise<Stack> => {
  const dataDir = mkdtempSync(join(tmpdir(), "footfall-stack-"))
  removeAfterwards(dataDir)
  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  try {
    const stack = await startStack({ dataDir, ...(own ? {} : urlsFromEnvironment()) })
    return { ...stack, stop: () => stack.stop().then(remove) }
  } catch (cause) {
    remove()
    throw cause
  }
}
