import { history } from "@footfall/local/demo/history"
import type { Happening } from "@footfall/local/demo/event"
import { Random } from "@footfall/local/demo/random"

const MINUTE = 60_000
/** Days that the events are of, so that some can be late by days. */
export const DAYS = 3

/** An event and when ingest hears of it, epoch milliseconds. */
export interface Delivery {
  readonly at: number
  readonly happening: Happening
}

/**
 * Exactly `count` events of the three days before `to` (epoch milliseconds) of a busy site, in the order in which they are delivered: at once, but for a share that is late by
 * two minutes to three days. Delays are spread evenly over their logarithm, and end with the last event.
 */
export const deliveries = (to: number, count: number, lateShare: number): ReadonlyArray<Delivery> => {
  const people = history({ seed: 2, from: to - DAYS * 86_400_000, to, much: { events: Math.ceil(count * 1.1) } }).happenings.filter(
    (one) => one.event.context.visitorId !== undefined,
  )
  if (people.length < count) throw new Error(`Only ${people.length} events were made up.`)
  const chosen = people.slice(0, count)
  const end = chosen.at(-1)?.at ?? 0
  const random = new Random(3)
  return chosen
    .map((happening) => {
      const longest = end - happening.at
      if (longest <= 2 * MINUTE || !random.chance(lateShare)) return { at: happening.at, happening }
      return { at: happening.at + 2 * MINUTE * (longest / (2 * MINUTE)) ** random.next(), happening }
    })
    .sort((a, b) => a.at - b.at)
}
