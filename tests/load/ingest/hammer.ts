/** Child process: loads an address as hard as it can with autocannon. Takes a HammerOrder as JSON in its first argument, prints a HammerResult. */
import autocannon from "autocannon"
import { body } from "./bodies.ts"

export interface HammerOrder {
  readonly url: string
  readonly key: string
  readonly seconds: number
  readonly connections: number
  readonly eventsPerRequest: number
}

export interface HammerResult {
  readonly requests: number
  readonly seconds: number
  readonly failures: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly bytesPerRequest: number
  /** What making the load took itself, in seconds. */
  readonly cpuSeconds: number
}

/** Each connection cycles through so many bodies of its own. */
const bodiesPerConnection = 200

const order: HammerOrder = JSON.parse(process.argv[2] ?? "")
const headers = { "content-type": "application/json", authorization: `Bearer ${order.key}` }
const count = Math.ceil(bodiesPerConnection / order.eventsPerRequest)
let made = 0
const requests = () =>
  Array.from({ length: count }, () => ({
    method: "POST" as const,
    path: "/v1/events",
    headers,
    body: body(made++, order.eventsPerRequest),
  }))

const before = process.cpuUsage()
// `requests` is set per connection: one list in the options would be sent by all connections in step, and be copied for each.
const result = await autocannon({
  url: order.url,
  connections: order.connections,
  duration: order.seconds,
  timeout: 10,
  setupClient: (client) => client.setRequests(requests()),
})
const used = process.cpuUsage(before)
const answer: HammerResult = {
  requests: result["2xx"],
  seconds: result.duration,
  failures: result.non2xx + result.errors + result.timeouts,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  bytesPerRequest: Buffer.byteLength(body(0, order.eventsPerRequest)),
  cpuSeconds: (used.user + used.system) / 1e6,
}
process.stdout.write(JSON.stringify(answer))
