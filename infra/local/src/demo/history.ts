import type { Happening } from "./event.ts"
import { Population } from "./people.ts"
import { places } from "./places.ts"
import { Random } from "./random.ts"
import { hoursOf, launchBefore, type Hour } from "./rhythm.ts"
import { launchSources, sources } from "./sources.ts"
import { botVisit, visit } from "./visit.ts"

const HOUR = 3_600_000
const DAY = 24 * HOUR
const botShare = 0.04

/** What to make up: about `events` events in the `days` days before `to` (epoch ms). The same options give the same events. */
export interface HistoryOptions {
  readonly seed: number
  readonly to: number
  readonly days: number
  readonly events: number
}

/** The past of the site. */
export interface History {
  /** In the order of time. */
  readonly happenings: ReadonlyArray<Happening>
  readonly launchAt: number
  readonly people: Population
}

/** The moments of `count` visits, in order, each drawn from the hours by weight. */
const moments = (hours: ReadonlyArray<Hour>, count: number, random: Random) => {
  const sums: Array<number> = []
  let total = 0
  for (const hour of hours) sums.push((total += hour.weight))
  const drawn = Array.from({ length: count }, () => {
    const wanted = random.next() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1
      else high = middle
    }
    const hour = hours[low]
    if (hour === undefined) throw new Error("A history needs at least one hour.")
    return { at: Math.floor(hour.at + random.next() * HOUR), hour }
  })
  return drawn.sort((a, b) => a.at - b.at)
}

const attempt = (options: HistoryOptions, visits: number): History => {
  const { seed, to } = options
  const from = to - options.days * DAY
  const random = new Random(seed)
  const people = new Population(`${seed.toString(36)}`, new Random(seed ^ 0x5eed))
  const launchAt = launchBefore(to, options.days)
  const happenings: Array<Happening> = []
  for (const { at, hour } of moments(hoursOf(places, from, to, launchAt), visits, random)) {
    const crowd = random.chance(hour.crowd / hour.weight)
    const known = crowd || !random.chance(0.3) ? undefined : people.returning(hour.place)
    const person = known ?? people.newcomer(hour.place, random.weighted(crowd ? launchSources : sources))
    const wasStranger = person.stage === "stranger"
    happenings.push(...visit(person, at, known === undefined, random))
    if (wasStranger && person.stage !== "stranger") people.joined(person)
  }
  for (let i = Math.round(visits * botShare); i > 0; i--) happenings.push(...botVisit(from + random.next() * (to - from), random))
  return { happenings: happenings.filter((one) => one.at < to).sort((a, b) => a.at - b.at), launchAt, people }
}

/** Makes up the past: how many visits give the wanted number of events is found by trying once. */
export const history = (options: HistoryOptions): History => {
  const visits = Math.ceil(options.events / 3)
  const trial = attempt(options, visits)
  return attempt(options, Math.ceil((visits * options.events) / Math.max(1, trial.happenings.length)))
}
