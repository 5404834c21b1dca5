import { logKeys } from "@footfall/event-log/keys"
import { Redis } from "ioredis"
import { setTimeout as pause } from "node:timers/promises"
import { startBench } from "../engines.ts"
import type { BenchOptions } from "../options.ts"
import { cpuSeconds } from "../process-usage.ts"
import type { Report } from "../report.ts"
import { insertFloor } from "./floor.ts"
import { prefill } from "./prefill.ts"

const partitions = 4
const sampleMs = 250
/** Without a new row for so long, something is stuck. */
const stuckMs = 30_000

interface Sample {
  readonly ms: number
  readonly queryable: number
  readonly entriesWaiting: number
  /** Age of the oldest entry that is not committed. */
  readonly lagMs: number
}

/**
 * A backlog of events on the log, then one worker: how fast they become rows that a question can count, what that costs, and whether
 * every one of them is there exactly once.
 */
export const pipeline = async ({ quick, events = quick ? 60_000 : 400_000 }: BenchOptions): Promise<Report> => {
  const bench = await startBench({ workers: 0, env: { PARTITIONS: String(partitions) } })
  const { world } = bench
  const prefix = world.env["REDIS_PREFIX"] ?? ""
  const redis = new Redis(bench.stack.redisUrl)
  try {
    const { id: projectId } = await world.project()
    console.log(`putting ${events} events on the log …`)
    const filled = await prefill(bench.stack.redisUrl, prefix, projectId, partitions, events)
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
    const sustained = (1000 * events) / (last.ms - readyMs)
    await pause(1_000) // Whatever would come twice has come by now.
    const [rows, distinct] = [await count("SELECT count() AS n FROM events"), await count("SELECT uniqExact(event_id) AS n FROM events")]
    const sessions = await count("SELECT sum(sign) AS n FROM sessions")
    const balanced = await count("SELECT sum(sign * (pageviews + events)) AS n FROM sessions")
    const exact = rows === events && distinct === events && balanced === events
    await worker.stop()
    console.log("inserting the same rows bare …")
    const floor = await insertFloor(world.clickhouse, events)
    const step = Math.max(1, Math.ceil(samples.length / 10))
    const figures = {
      versions: bench.versions,
      filled,
      sustainedEventsPerSecond: sustained,
      fromProcessStartEventsPerSecond: (1000 * events) / last.ms,
      floorEventsPerSecond: floor,
      ratio: sustained / floor,
      workerCpuMicrosPerEvent: (worked * 1e6) / events,
      doorCpuMicrosPerEvent: (door * 1e6) / events,
      redisCpuMicrosPerEvent: (redisUsed * 1e6) / events,
      rows,
      distinct,
      sessions,
      eventsInSessions: balanced,
      exact,
      samples,
    }
    if (!exact) process.exitCode = 1
    return {
      tables: [
        {
          title: `pipeline: ${events} events of ${filled.visitors} visitors in ${filled.entries} entries, one worker`,
          columns: [
            "events/s",
            "from start",
            "floor",
            "x floor",
            "worker CPU us/event",
            "door CPU us/event",
            "redis CPU us/event",
            "bytes/event on the log",
          ],
          rows: [
            [
              sustained,
              figures.fromProcessStartEventsPerSecond,
              floor,
              figures.ratio,
              figures.workerCpuMicrosPerEvent,
              figures.doorCpuMicrosPerEvent,
              figures.redisCpuMicrosPerEvent,
              filled.bytes / events,
            ],
          ],
        },
        {
          title: "What arrived",
          columns: ["sent", "rows", "distinct ids", "sessions", "events in sessions", "verdict"],
          rows: [[events, rows, distinct, sessions, balanced, exact ? "none lost, none twice" : "WRONG"]],
        },
        {
          title: "Over time",
          columns: ["s", "queryable", "entries waiting", "lag s"],
          rows: samples
            .filter((_, i) => i % step === 0 || i === samples.length - 1)
            .map((one) => [one.ms / 1000, one.queryable, one.entriesWaiting, one.lagMs / 1000]),
        },
      ],
      notes: [
        "events/s: from the moment the worker says it is ready to the moment a question can count the last event; from start: its process start included. Floor: the same rows as ready-made text into an empty table of the same shape. Bar: 20,000 events/s, none lost, none twice.",
      ],
      figures,
    }
  } finally {
    redis.disconnect()
    await bench.stop()
  }
}
