/**
 * Child process: 64 senders without a key, each sending the next body as soon as the one before is answered, until SIGTERM. Takes an
 * AttackOrder as JSON in its first argument, says "attacking" when all have been answered once, and ends with an AttackResult.
 */
import { Agent, request } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import { gzipSync } from "node:zlib"

/** Bodies that inflate to almost 1 MiB, each costly to parse in its own way. */
const bombs = {
  events: () => `{"events":[${Array.from({ length: 349_000 }, () => "{}").join()}]}`,
  nesting: () => `{"x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
  members: () => `{${Array.from({ length: 70_000 }, (_, index) => `"${index}":0`).join()}}`,
}

export interface AttackOrder {
  readonly url: string
  readonly senders: number
  readonly bomb: keyof typeof bombs
  /** Whether each request comes from a network of its own, as the forwarding header says, or all from one. */
  readonly networks: "many" | "one"
}

export interface AttackResult {
  readonly bodyBytes: number
  readonly statuses: Readonly<Record<string, number>>
}

const order: AttackOrder = JSON.parse(process.argv[2] ?? "")
const body = gzipSync(bombs[order.bomb](), { level: 9 })
const statuses: Record<string, number> = {}
const answeredOnce = new Set<number>()
let sent = 0

const address = () => {
  if (order.networks === "one") return "203.0.113.7"
  sent++
  return `100.${64 + ((sent >> 16) & 63)}.${(sent >> 8) & 255}.${sent & 255}`
}

const ask = (agent: Agent) =>
  new Promise<number>((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": body.length,
      "x-forwarded-for": address(),
    }
    request(`${order.url}/v1/events`, { method: "POST", agent, headers }, (answer) =>
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0)),
    )
      .on("error", reject)
      .end(body)
  })

const attack = async (sender: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (;;) {
    const status = await ask(agent).catch(() => pause(1, 0))
    statuses[status] = (statuses[status] ?? 0) + 1
    answeredOnce.add(sender)
    if (answeredOnce.size === order.senders) {
      answeredOnce.add(-1)
      process.stdout.write("attacking\n")
    }
  }
}

process.on("SIGTERM", () => {
  const result: AttackResult = { bodyBytes: body.length, statuses }
  process.stdout.write(JSON.stringify(result), () => process.exit(0))
})
for (let sender = 0; sender < order.senders; sender++) void attack(sender)
