import { history } from "@footfall/local/demo/history"
import { randomUUID } from "node:crypto"

const to = Date.now()
const made = history({ seed: 1, from: to - 86_400_000, to, much: { events: 4_000 } }).happenings.map((one) => one.event)

/** A body as the tracker sends it: events of the demo's site that happen now, each with a new id. `index` picks which ones. */
export const body = (index: number, eventsPerRequest: number): string => {
  const now = new Date().toISOString()
  const events = Array.from({ length: eventsPerRequest }, (_, i) => {
    const { context: _of, ...event } = made[(index * eventsPerRequest + i) % made.length]!
    return { ...event, id: randomUUID(), timestamp: now }
  })
  return JSON.stringify({ sentAt: now, events })
}
