import { spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { Agent, request } from "node:http"
import { fileURLToPath } from "node:url"
import { startBench } from "../engines.ts"
import type { BenchOptions } from "../options.ts"
import { cpuSeconds } from "../process-usage.ts"
import { median, type Report } from "../report.ts"
import type { AttackOrder, AttackResult } from "./attack.ts"

const senders = 64
const attacks = (["events", "nesting", "members"] as const).flatMap((bomb) =>
  (["many", "one"] as const).map((networks) => ({ bomb, networks })),
)

/** One round: the legitimate sender alone, and beside the others. */
interface Round {
  readonly alone: Legitimate
  readonly beside: Legitimate
  readonly ratio: number
  readonly attack: AttackResult
  /** Share of one core. */
  readonly cpu: number
}

/** What one legitimate sender got done. */
interface Legitimate {
  readonly requestsPerSecond: number
  readonly slowestMs: number
  readonly failures: number
}

/** Sends as the tracker does, with the key in the body, one request after the other. */
const legitimate = async (url: string, key: string, seconds: number): Promise<Legitimate> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const one = () =>
    new Promise<number>((resolve, reject) => {
      const now = new Date().toISOString()
      const events = [{ kind: "pageview", id: randomUUID(), timestamp: now, url: "https://example.com/pricing" }]
      const headers = {
        "content-type": "text/plain;charset=UTF-8",
        "x-forwarded-for": "203.0.113.7",
        "user-agent": "Mozilla/5.0 Firefox/140.0",
      }
      request(`${url}/v1/events`, { method: "POST", agent, headers }, (answer) =>
        answer.resume().on("end", () => resolve(answer.statusCode ?? 0)),
      )
        .on("error", reject)
        .end(JSON.stringify({ key, sentAt: now, events }))
    })
  let [requests, failures, slowestMs] = [0, 0, 0]
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    const asked = performance.now()
    if ((await one()) === 202) requests++
    else failures++
    slowestMs = Math.max(slowestMs, performance.now() - asked)
  }
  agent.destroy()
  return { requestsPerSecond: (requests * 1000) / (performance.now() - began), slowestMs, failures }
}

/** Runs `during` while the senders without a key are at work. */
const underAttack = async <A>(order: AttackOrder, during: () => Promise<A>) => {
  const file = fileURLToPath(new URL("attack.ts", import.meta.url))
  const child = spawn(process.execPath, [file, JSON.stringify(order)], { stdio: ["ignore", "pipe", "inherit"] })
  const ended = once(child, "close")
  let output = ""
  const began = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text
      if (output.includes("attacking\n")) resolve()
    })
    child.once("error", reject)
  })
  await began
  const found = await during()
  child.kill("SIGTERM")
  await ended
  const attack: AttackResult = JSON.parse(output.slice(output.indexOf("\n") + 1))
  return { found, attack }
}

/**
 * What one legitimate sender gets done beside 64 senders without a key, whose bodies of 1 kB inflate to 1 MiB, in proportion to what
 * they get done alone, measured in turns in the same run.
 */
export const keyless = async ({ quick }: BenchOptions): Promise<Report> => {
  const rounds = quick ? 1 : 3
  const seconds = quick ? 2 : 5
  const bench = await startBench({ workers: 0, env: { TRUSTED_PROXIES: "127.0.0.1" } })
  try {
    const { writeKey } = await bench.world.project()
    const { url, pid } = bench.world.ingest
    const send = () => legitimate(url, writeKey, seconds)
    await send()
    const figures = []
    for (const { bomb, networks } of attacks) {
      const runs: Array<Round> = []
      for (let round = 0; round < rounds; round++) {
        const alone = await send()
        const before = cpuSeconds(pid)
        const { found, attack } = await underAttack({ url, senders, bomb, networks }, send)
        runs.push({
          alone,
          beside: found,
          ratio: found.requestsPerSecond / alone.requestsPerSecond,
          attack,
          cpu: (cpuSeconds(pid) - before) / seconds,
        })
      }
      const middle = (value: (run: Round) => number) => median(runs.map(value))
      figures.push({
        bomb,
        networks,
        bodyBytes: runs[0]?.attack.bodyBytes ?? 0,
        alone: middle(({ alone }) => alone.requestsPerSecond),
        beside: middle(({ beside }) => beside.requestsPerSecond),
        ratio: middle(({ ratio }) => ratio),
        slowestMs: middle(({ beside }) => beside.slowestMs),
        failures: runs.reduce((sum, { alone, beside }) => sum + alone.failures + beside.failures, 0),
        attacksPerSecond: middle(({ attack }) => Object.values(attack.statuses).reduce((sum, count) => sum + count, 0) / seconds),
        cpu: middle(({ cpu }) => cpu),
        statuses: runs.at(-1)?.attack.statuses ?? {},
      })
    }
    return {
      tables: [
        {
          title: `one sender with a write key beside ${senders} without, median of ${rounds} rounds of ${seconds} s`,
          columns: ["bomb", "bytes", "networks", "alone/s", "beside/s", "ratio", "slowest ms", "failed", "attacks/s", "busy", "told"],
          rows: figures.map((one) => [
            one.bomb,
            one.bodyBytes,
            one.networks,
            one.alone,
            one.beside,
            one.ratio,
            one.slowestMs,
            one.failures,
            one.attacksPerSecond,
            `${Math.round(one.cpu * 100)} %`,
            Object.entries(one.statuses)
              .map(([status, count]) => `${count} x ${status}`)
              .join(", "),
          ]),
        },
      ],
      notes: ["Bar: a ratio of at least 0.5, and no request of the legitimate sender refused. busy: ingest's share of one core meanwhile."],
      figures: { versions: bench.versions, senders, rounds, seconds, attacks: figures },
    }
  } finally {
    await bench.stop()
  }
}
