import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { clickhouseProcess, clickhouseUrlOf } from "./clickhouse.ts"
import { lockFolder } from "./folder-lock.ts"
import { removeAfterwards } from "./guardian.ts"
import type { ManagedProcess } from "./managed-process.ts"
import { Ports } from "./ports.ts"
import { databaseUrlOf, postgresProcess } from "./postgres.ts"
import { redisProcess, redisUrlOf } from "./redis.ts"
import { closedFolder } from "./state-file.ts"
import { startTogether } from "./together.ts"

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
  /** Notes a program that belongs to this stack's folder: the next start after a crash ends it before the engines. */
  follow(process: ManagedProcess): void
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
  closedFolder(logs)
  const lock = await lockFolder(dataDir)
  const ports = new Ports(join(dataDir, "ports.json"))
  const make = async () => {
    const processes: Array<ManagedProcess> = []
    const own = async (name: EngineName, engine: (port: number) => ManagedProcess | Promise<ManagedProcess>): Promise<number> => {
      const port = await ports.of(name)
      processes.push(await engine(port))
      return port
    }
    const databaseUrl = options.databaseUrl ?? databaseUrlOf(dataDir, await own("postgres", (port) => postgresProcess(dataDir, logs, port)))
    const redisUrl = options.redisUrl ?? redisUrlOf(dataDir, await own("redis", (port) => redisProcess(dataDir, logs, port)))
    const clickhouseUrl =
      options.clickhouseUrl ?? clickhouseUrlOf(dataDir, await own("clickhouse", (port) => clickhouseProcess(dataDir, logs, port)))
    for (const one of processes) lock.follow(one)
    return { processes, databaseUrl, redisUrl, clickhouseUrl }
  }
  const group = await startTogether(make, (port) => ports.lose(port)).catch((cause: unknown) => {
    lock.release()
    throw cause
  })
  const engine = (name: EngineName): ManagedProcess => {
    const found = group.processes.find((one) => one.name === name)
    if (found === undefined) throw new Error(`${name} is not run by this stack: its URL was given.`)
    return found
  }
  return {
    ...group,
    follow: (one) => lock.follow(one),
    start: (name) => engine(name).start(),
    kill: (name) => engine(name).kill(),
    stop: async () => {
      await Promise.all(group.processes.map((one) => one.stop()))
      lock.release()
    },
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
