import { execFile } from "node:child_process"
import { randomUUID } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { startBench } from "../engines.ts"
import type { BenchOptions } from "../options.ts"
import { cpuSeconds } from "../process-usage.ts"
import { quantile, type Report } from "../report.ts"
import { browser } from "./browser.ts"
import type { SteadyOrder, SteadyResult } from "./steady.ts"

const eventsPerSecond = 500
const probeEveryMs = 100
const pollEveryMs = 50
const giveUpMs = 15_000

const load = async (order: SteadyOrder): Promise<SteadyResult> => {
  const file = fileURLToPath(new URL("steady.ts", import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(order)])
  return JSON.parse(stdout)
}

/**
 * How long after its 202 an event is in an answer, while 500 events a second come in. Each probe is an event with a name of its own on
 * the page /probe; one question every 50 ms asks for all names on that page, so that probing costs the same however many are under way.
 */
export const freshness = async ({ quick }: BenchOptions): Promise<Report> => {
  const seconds = quick ? 8 : 30
  const bench = await startBench({ workers: 1 })
  const { world } = bench
  try {
    const project = await world.project()
    const send = async (name: string): Promise<number> => {
      const answer = await world.send([{ kind: "event", id: randomUUID(), name, url: "https://probe.example/probe" }], project.secretKey, {
        "user-agent": browser,
      })
      if (answer.status !== 202) throw new Error(`A probe was answered ${answer.status}: ${await answer.text()}`)
      return performance.now()
    }
    const from = new Date(Date.now() - 60_000).toISOString()
    const to = new Date(Date.now() + 3_600_000).toISOString()
    let rowsRead = 0
    const visible = async (cursor?: string): Promise<Array<string>> => {
      const { data, error } = await world.analytics.GET("/v1/projects/{projectId}/breakdown", {
        params: {
          path: { projectId: project.id },
          query: { dimension: "event", from, to, filter: ["page:is:/probe"], limit: 1000, ...(cursor === undefined ? {} : { cursor }) },
        },
      })
      if (data === undefined) throw new Error(`The question failed: ${JSON.stringify(error)}\n${world.query.log.slice(-4_000)}`)
      rowsRead = data.meta.rowsRead
      const names = data.rows.map((row) => row.value)
      return data.nextCursor === null ? names : [...names, ...(await visible(data.nextCursor))]
    }
    await send("warm-up")
    for (const deadline = Date.now() + giveUpMs; !(await visible()).includes("warm-up"); await pause(pollEveryMs))
      if (Date.now() > deadline) throw new Error(`The first event never showed up:\n${world.workers[0]?.log.slice(-4_000)}`)

    const under = new Map<string, number>()
    const delays: Array<number> = []
    const questionMs: Array<number> = []
    const usage = () => ({
      ingest: cpuSeconds(world.ingest.pid),
      worker: cpuSeconds(world.workers[0]?.pid ?? 0),
      query: cpuSeconds(world.query.pid),
      clickhouse: cpuSeconds(bench.pidOf("clickhouse")),
    })
    const before = usage()
    const started = performance.now()
    const loading = load({ url: world.ingest.url, key: project.writeKey, eventsPerSecond, eventsPerRequest: 2, seconds })
    let probing = true
    const probe = (async () => {
      await pause(1_000) // The load is on by then.
      for (let i = 0; performance.now() - started < seconds * 1000; i++) {
        const name = `probe-${i}`
        under.set(name, await send(name))
        await pause(probeEveryMs)
      }
      probing = false
    })()
    const poll = (async () => {
      while (probing || under.size > 0) {
        const asked = performance.now()
        const names = await visible()
        const now = performance.now()
        questionMs.push(now - asked)
        for (const name of names) {
          const since = under.get(name)
          if (since !== undefined) delays.push(now - since)
          under.delete(name)
        }
        for (const [name, since] of under) if (now - since > giveUpMs) throw new Error(`${name} is not visible after ${giveUpMs} ms.`)
        await pause(Math.max(0, pollEveryMs - (performance.now() - asked)))
      }
    })()
    const [loaded] = await Promise.all([loading, probe, poll])
    const elapsed = (performance.now() - started) / 1000
    const after = usage()
    const cpu = (name: keyof typeof before) => (100 * (after[name] - before[name])) / elapsed
    const figures = {
      versions: bench.versions,
      load: loaded,
      probes: delays.length,
      p50Ms: quantile(delays, 0.5),
      p90Ms: quantile(delays, 0.9),
      p99Ms: quantile(delays, 0.99),
      maxMs: Math.max(...delays),
      questionP50Ms: quantile(questionMs, 0.5),
      rowsReadByLastQuestion: rowsRead,
      cpuPercent: { ingest: cpu("ingest"), worker: cpu("worker"), query: cpu("query"), clickhouse: cpu("clickhouse") },
    }
    return {
      tables: [
        {
          title: `freshness: 202 to visible in an answer, ${Math.round(loaded.eventsPerSecond)} events/s for ${seconds} s, ${loaded.failures} failed`,
          columns: ["probes", "p50 ms", "p90 ms", "p99 ms", "max ms", "question p50 ms"],
          rows: [[delays.length, figures.p50Ms, figures.p90Ms, figures.p99Ms, figures.maxMs, figures.questionP50Ms]],
        },
        {
          title: "CPU meanwhile, % of one core",
          columns: ["ingest", "worker", "query", "clickhouse"],
          rows: [[cpu("ingest"), cpu("worker"), cpu("query"), cpu("clickhouse")]],
        },
      ],
      notes: [
        `The delay ends with the answer that shows the event; questions are asked every ${pollEveryMs} ms, so it is up to ${pollEveryMs} ms and a question too long. Bar: p99 under 1,500 ms.`,
      ],
      figures,
    }
  } finally {
    await bench.stop()
  }
}
