import { Redis } from "ioredis"
import { execFile, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { startBench } from "../engines.ts"
import type { BenchOptions } from "../options.ts"
import { cpuSeconds } from "../process-usage.ts"
import { median, type Report } from "../report.ts"
import type { HammerOrder, HammerResult } from "./hammer.ts"

const sizes = [1, 10, 50]
const percent = (share: number) => `${Math.round(share * 100)} %`

/** One run of the load against one server. */
interface Run extends HammerResult {
  readonly cpuMicrosPerEvent: number
  /** Shares of one core. */
  readonly busy: { readonly server: number; readonly load: number; readonly redis: number }
}

const hammer = async (order: HammerOrder): Promise<HammerResult> => {
  const file = fileURLToPath(new URL("hammer.ts", import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(order)], { maxBuffer: 2 ** 24 })
  return JSON.parse(stdout)
}

const startFloor = async (redisUrl: string) => {
  const file = fileURLToPath(new URL("floor.ts", import.meta.url))
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, REDIS_URL: redisUrl, FLOOR_STREAM: "floor" },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(Number(text.toString())))
    child.once("exit", () => reject(new Error("The floor ended before it listened.")))
  })
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => child.kill() }
}

/**
 * Requests per second and CPU per event of ingest at 1, 10 and 50 events per request, beside the floor: both servers take the same
 * load in turns, several rounds, on the same Redis; the figure is the median.
 */
export const ingest = async ({ quick }: BenchOptions): Promise<Report> => {
  const rounds = quick ? 1 : 5
  const seconds = quick ? 2 : 6
  const connections = 64
  const bench = await startBench({ workers: 0 })
  const floor = await startFloor(bench.stack.redisUrl)
  const redis = new Redis(bench.stack.redisUrl)
  try {
    const { writeKey } = await bench.world.project()
    const servers = { ingest: { url: bench.world.ingest.url, pid: bench.world.ingest.pid }, floor }
    const measure = async (
      server: { readonly url: string; readonly pid: number },
      eventsPerRequest: number,
      during: number,
    ): Promise<Run> => {
      const before = { server: cpuSeconds(server.pid), redis: cpuSeconds(bench.pidOf("redis")) }
      const result = await hammer({ url: server.url, key: writeKey, seconds: during, connections, eventsPerRequest })
      const used = { server: cpuSeconds(server.pid) - before.server, redis: cpuSeconds(bench.pidOf("redis")) - before.redis }
      for (const key of await redis.keys("*")) if (key === "floor" || key.includes("events:{")) await redis.del(key)
      const busy = { server: used.server / result.seconds, load: result.cpuSeconds / result.seconds, redis: used.redis / result.seconds }
      return { ...result, busy, cpuMicrosPerEvent: (used.server * 1e6) / (result.requests * eventsPerRequest) }
    }
    const runs: Array<{
      readonly server: "ingest" | "floor"
      readonly eventsPerRequest: number
      readonly round: number
      readonly run: Run
    }> = []
    for (const eventsPerRequest of sizes)
      for (const server of ["floor", "ingest"] as const) await measure(servers[server], eventsPerRequest, 2)
    for (let round = 0; round < rounds; round++)
      for (const eventsPerRequest of sizes)
        for (const server of round % 2 === 0 ? (["ingest", "floor"] as const) : (["floor", "ingest"] as const)) {
          const run = await measure(servers[server], eventsPerRequest, seconds)
          runs.push({ server, eventsPerRequest, round, run })
          console.log(
            `round ${round + 1}/${rounds}  ${server.padEnd(6)}  ${String(eventsPerRequest).padStart(2)} events/request  ${Math.round(run.requests / run.seconds)} requests/s  busy: server ${percent(run.busy.server)}, load ${percent(run.busy.load)}, redis ${percent(run.busy.redis)}` +
              (run.failures > 0 ? `  ${run.failures} FAILED` : ""),
          )
        }
    const figures = sizes.map((eventsPerRequest) => {
      const of = (server: "ingest" | "floor") => {
        const mine = runs.filter((one) => one.server === server && one.eventsPerRequest === eventsPerRequest).map((one) => one.run)
        const middle = (value: (run: Run) => number) => median(mine.map(value))
        return {
          requestsPerSecond: middle((run) => run.requests / run.seconds),
          cpuMicrosPerEvent: middle((run) => run.cpuMicrosPerEvent),
          p50Ms: middle((run) => run.p50Ms),
          p99Ms: middle((run) => run.p99Ms),
          busy: { server: middle((run) => run.busy.server), load: middle((run) => run.busy.load), redis: middle((run) => run.busy.redis) },
          failures: mine.reduce((sum, run) => sum + run.failures, 0),
        }
      }
      const [own, bare] = [of("ingest"), of("floor")]
      return {
        eventsPerRequest,
        ingest: own,
        floor: bare,
        ratio: own.requestsPerSecond / bare.requestsPerSecond,
        bytesPerRequest: runs.find((one) => one.eventsPerRequest === eventsPerRequest)?.run.bytesPerRequest ?? 0,
      }
    })
    const rows = figures.map(({ eventsPerRequest, ingest: own, floor: bare, ratio }) => [
      eventsPerRequest,
      own.requestsPerSecond,
      bare.requestsPerSecond,
      ratio,
      own.requestsPerSecond * eventsPerRequest,
      own.cpuMicrosPerEvent,
      bare.cpuMicrosPerEvent,
      percent(own.busy.server),
      percent(bare.busy.server),
      own.p50Ms,
      own.p99Ms,
      own.failures + bare.failures,
    ])
    const columns = [
      "events/request",
      "requests/s",
      "floor",
      "x floor",
      "events/s",
      "CPU us/event",
      "floor",
      "busy",
      "floor",
      "p50 ms",
      "p99 ms",
      "failed",
    ]
    return {
      tables: [{ title: `ingest, ${connections} connections, median of ${rounds} rounds of ${seconds} s`, columns, rows }],
      notes: [
        "Floor: bare node:http, JSON.parse and XADD of the same bytes to the same Redis. Bar: 0.5 x at 1 event per request, 0.7 x at 50.",
        "busy: the server's share of one core; well below 100 % means that Redis (which syncs its file before it acknowledges) or the machine is the limit, and CPU per event says more than requests.",
      ],
      figures: { versions: bench.versions, connections, rounds, seconds, sizes: figures },
    }
  } finally {
    redis.disconnect()
    floor.stop()
    await bench.stop()
  }
}
