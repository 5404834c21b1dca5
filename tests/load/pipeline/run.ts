import { logKeys } from "@footfall/event-log/keys"
import { Redis } from "ioredis"
import { setTimeout as pause } from "node:timers/promises"
import { startBench, type Bench } from "../engines.ts"
import { cpuSeconds } from "../process-usage.ts"
import { insertFloor } from "./floor.ts"
import { prefill, type Backlog, type Filled } from "./prefill.ts"

const partitions = 4
const sampleMs = 250
/** Without a new row for so long, something is stuck. */
const stuckMs = 30_000

const attributes = "entry_path, exit_path, source, channel, referrer, utm_source, utm_medium, utm_campaign, country, browser, os, device"

/** How far the worker was at a moment. */
export interface Sample {
  readonly ms: number
  readonly queryable: number
  readonly entriesWaiting: number
  /** Age of the oldest entry that is not committed. */
  readonly lagMs: number
}

/** What of the visits must not depend on the order in which their events come. */
export interface Visits {
  readonly sessions: number
  readonly events: number
  readonly seconds: number
  /** A sum over their entry and exit pages, sources and devices. */
  readonly attributes: number
}

/** One backlog and one worker, measured. */
export interface Run {
  readonly lateShare: number
  readonly filled: Filled
  readonly versions: Bench["versions"]
  readonly eventsPerSecond: number
  readonly fromProcessStartEventsPerSecond: number
  readonly floorEventsPerSecond: number
  readonly workerCpuMicrosPerEvent: number
  readonly doorCpuMicrosPerEvent: number
  readonly redisCpuMicrosPerEvent: number
  readonly rows: number
  readonly distinct: number
  readonly visits: Visits
  readonly samples: ReadonlyArray<Sample>
}

/** Brings a backlog into fresh engines by one worker. */
export const runPipeline = async (backlog: Backlog): Promise<Run> => {
  const { events } = backlog
  const bench = await startBench({ workers: 0, env: { PARTITIONS: String(partitions) } })
  const { world } = bench
  const prefix = world.env["REDIS_PREFIX"] ?? ""
  const redis = new Redis(bench.stack.redisUrl)
  try {
    const { id: projectId } = await world.project()
    console.log(`putting ${events} events on the log, ${backlog.lateShare * 100} % of them late …`)
    const filled = await prefill(bench.stack.redisUrl, prefix, projectId, partitions, backlog)
    const keys = logKeys(prefix)
    const count = async (sql: string) => Number((await world.rows<{ n: string }>(sql))[0]?.n ?? 0)
    const waiting = async () => {
      let [entries, oldest] = [0, Number.POSITIVE_INFINITY]
      for (let partition = 0; partition < partitions; partition++) {
        entries += await redis.xlen(keys.events(partition))
        const [first] = await redis.xrange(keys.events(partition), "-", "+", "COUNT", 1)
        if (first !== undefined) oldest = Math.min(oldest, Number(first[0].split("-")[0]))
      }
      return { entriesWaiting: entries, lagMs: entries === 0 ? 0 : Date.now() - oldest }
    }
    const before = { door: cpuSeconds(bench.pidOf("clickhouse")), redis: cpuSeconds(bench.pidOf("redis")) }
    const started = performance.now()
    const worker = await world.addWorker()
    const workerBefore = cpuSeconds(worker.pid)
    const readyMs = performance.now() - started
    const samples: Array<Sample> = []
    for (let progressed = performance.now(); ;) {
      const queryable = await count("SELECT count() AS n FROM events")
      const sample = { ms: performance.now() - started, queryable, ...(await waiting()) }
      if (queryable > (samples.at(-1)?.queryable ?? 0)) progressed = performance.now()
      samples.push(sample)
      if (queryable >= events && sample.entriesWaiting === 0) break
      if (performance.now() - progressed > stuckMs)
        throw new Error(`Stuck at ${queryable} of ${events} events:\n${worker.log.slice(-4_000)}`)
      await pause(sampleMs)
    }
    const worked = cpuSeconds(worker.pid) - workerBefore
    const door = cpuSeconds(bench.pidOf("clickhouse")) - before.door
    const redisUsed = cpuSeconds(bench.pidOf("redis")) - before.redis
    const last = samples.find((sample) => sample.queryable >= events) ?? samples.at(-1)
    if (last === undefined) throw new Error("Nothing was measured.")
    await pause(1_000) // Whatever would come twice has come by now.
    const [rows, distinct] = [await count("SELECT count() AS n FROM events"), await count("SELECT uniqExact(event_id) AS n FROM events")]
    const visits = {
      sessions: await count("SELECT sum(sign) AS n FROM sessions"),
      events: await count("SELECT sum(sign * (pageviews + events)) AS n FROM sessions"),
      seconds: await count("SELECT sum(sign * dateDiff('second', started_at, ended_at)) AS n FROM sessions"),
      attributes: await count(`SELECT sum(sign * toInt64(cityHash64(${attributes}) % 1000000)) AS n FROM sessions`),
    }
    await worker.stop()
    console.log("inserting the same rows bare …")
    const floor = await insertFloor(world.clickhouse, events)
    return {
      lateShare: backlog.lateShare,
      filled,
      versions: bench.versions,
      eventsPerSecond: (1000 * events) / (last.ms - readyMs),
      fromProcessStartEventsPerSecond: (1000 * events) / last.ms,
      floorEventsPerSecond: floor,
      workerCpuMicrosPerEvent: (worked * 1e6) / events,
      doorCpuMicrosPerEvent: (door * 1e6) / events,
      redisCpuMicrosPerEvent: (redisUsed * 1e6) / events,
      rows,
      distinct,
      visits,
      samples,
    }
  } finally {
    redis.disconnect()
    await bench.stop()
  }
}
