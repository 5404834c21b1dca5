/** Child process: sends events at a steady rate. Takes a SteadyOrder as JSON in its first argument, prints a SteadyResult. */
import { Agent, request } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import { body } from "../ingest/bodies.ts"
import { browser } from "./browser.ts"

export interface SteadyOrder {
  readonly url: string
  readonly key: string
  readonly eventsPerSecond: number
  readonly eventsPerRequest: number
  readonly seconds: number
}

export interface SteadyResult {
  readonly events: number
  readonly failures: number
  readonly eventsPerSecond: number
}

const order: SteadyOrder = JSON.parse(process.argv[2] ?? "")
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const headers = { "content-type": "application/json", authorization: `Bearer ${order.key}`, "user-agent": browser }
let [sent, failures] = [0, 0]

const post = (index: number) =>
  new Promise<void>((resolve) => {
    const one = request(`${order.url}/v1/events`, { method: "POST", agent, headers }, (answer) => {
      if (answer.statusCode === 202) sent += order.eventsPerRequest
      else failures++
      answer.resume().once("end", resolve)
    })
    one.once("error", () => {
      failures++
      resolve()
    })
    one.end(body(index, order.eventsPerRequest))
  })

const started = performance.now()
const total = Math.round((order.eventsPerSecond * order.seconds) / order.eventsPerRequest)
const open = new Set<Promise<void>>()
for (let made = 0; made < total;) {
  const due = Math.min(total, Math.floor((((performance.now() - started) / 1000) * order.eventsPerSecond) / order.eventsPerRequest))
  for (; made < due; made++) {
    const posting = post(made)
    open.add(posting)
    void posting.then(() => open.delete(posting))
  }
  await pause(5)
}
const elapsed = (performance.now() - started) / 1000
await Promise.all(open)
agent.destroy()
const answer: SteadyResult = { events: sent, failures, eventsPerSecond: sent / elapsed }
process.stdout.write(JSON.stringify(answer))
