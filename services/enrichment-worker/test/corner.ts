import * as EventLogRedis from "@footfall/event-log/EventLogRedis"
import { EventLog } from "@footfall/event-log/EventLog"
import type { LoggedBatch } from "@footfall/event-log/LoggedBatch"
import { serialize } from "@footfall/event-log/serialize"
import * as ClickHouse from "@footfall/platform/ClickHouse"
import * as Postgres from "@footfall/platform/Postgres"
import * as Redis from "@footfall/platform/Redis"
import { migrate } from "@footfall/warehouse/migrate"
import { ConfigProvider, Effect, Layer, ManagedRuntime, Schedule, Schema } from "effect"
import { randomBytes } from "node:crypto"
import { startWorker, type WorkerProcess } from "./workerProcess.ts"

/** A place of our own on the engines of the run: a database, and a prefix in Redis. */
export const corner = async (partitions = 2) => {
  const name = `worker_${randomBytes(5).toString("hex")}`
  const env = {
    CLICKHOUSE_URL: process.env["CLICKHOUSE_URL"] ?? "",
    DATABASE_URL: process.env["DATABASE_URL"] ?? "",
    REDIS_URL: process.env["REDIS_URL"] ?? "",
    CLICKHOUSE_DATABASE: name,
    REDIS_PREFIX: `${name}:`,
    PARTITIONS: String(partitions),
    LEASE_MS: "1500",
    PORT: "0",
  }
  const config = Layer.succeed(ConfigProvider.ConfigProvider, ConfigProvider.fromUnknown(env))
  const log = EventLogRedis.layer.pipe(Layer.provideMerge(Redis.layer))
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(log, ClickHouse.layer, Postgres.layer).pipe(Layer.provide(config), Layer.provideMerge(config)),
  )
  await runtime.runPromise(migrate)

  const query = <A>(sql: string): Promise<ReadonlyArray<A>> =>
    runtime.runPromise(
      Effect.flatMap(ClickHouse.ClickHouse, (clickhouse) =>
        Effect.map(clickhouse.query({ sql, params: {}, row: Schema.Unknown }), ({ rows }) => rows as ReadonlyArray<A>),
      ),
    )
  const workers: Array<WorkerProcess> = []
  return {
    env,
    runtime,
    query,
    redis: () => runtime.runPromise(Effect.map(Redis.Redis, ({ client }) => client)),
    /** Appends, again when the log is late to say that it did, as senders do. */
    append: (entries: ReadonlyArray<{ readonly partition: number; readonly batch: LoggedBatch }>) =>
      runtime.runPromise(
        Effect.flatMap(EventLog, (to) =>
          to.append(entries.map(({ partition, batch }) => ({ partition, groups: batch.groups.map(serialize) }))),
        ).pipe(Effect.retry({ schedule: Schedule.spaced("100 millis"), times: 50 })),
      ),
    /** Starts a worker; `extra` is added to its environment. */
    worker: (extra: Readonly<Record<string, string>> = {}): WorkerProcess => {
      const worker = startWorker({ ...env, ...extra })
      workers.push(worker)
      return worker
    },
    close: async () => {
      for (const { child } of workers) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL")
      await Promise.all(workers.map(({ exited }) => exited))
      const client = await runtime.runPromise(Effect.map(Redis.Redis, (redis) => redis.client))
      const keys = await client.keys(`${env.REDIS_PREFIX}*`)
      if (keys.length > 0) await client.del(...keys)
      await runtime.runPromise(
        Effect.flatMap(ClickHouse.ClickHouse, (clickhouse) => clickhouse.command("DROP DATABASE {name:Identifier}", { name })),
      )
      await runtime.dispose()
    },
  }
}

export type Corner = Awaited<ReturnType<typeof corner>>
