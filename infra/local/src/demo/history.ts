import type { Happening } from "./event.ts"
import { Population } from "./people.ts"
import { places } from "./places.ts"
import { Random } from "./random.ts"
import { growth, hoursOf, launchBefore, type Hour, type Trend } from "./rhythm.ts"
import { launchSources, sourcesAt } from "./sources.ts"
import { botVisit, visit } from "./visit.ts"

const DAY = 86_400_000
/** Visits of machines, as a share of those of people. */
export const botShare = 0.04

/** What to make up: the events of [from, to) (epoch ms). The same stretch gives the same events. */
export interface Stretch {
  readonly seed: number
  readonly from: number
  readonly to: number
  /** About how many events in all, or the pace at which they come. */
  readonly much: { readonly events: number } | { readonly pace: number }
}

/** The past of the site. */
export interface History {
  /** In the order of time. */
  readonly happenings: ReadonlyArray<Happening>
  /** What the visits of the past still do after its end, in the order of time. */
  readonly underway: ReadonlyArray<Happening>
  readonly people: Population
  /** Visits an hour for each unit of weight, see {@link hoursOf}. */
  readonly pace: number
  readonly launchAt: number | undefined
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
    return { at: Math.floor(hour.at + random.next() * hour.length), hour }
  })
  return drawn.sort((a, b) => a.at - b.at)
}

/** How far the site has come at a moment, 0 at the beginning of its first stretch and 1 from its end on. */
const passedIn = (stretch: Stretch) => (at: number) => ("pace" in stretch.much ? 1 : (at - stretch.from) / (stretch.to - stretch.from))

const made = (stretch: Stretch, hours: ReadonlyArray<Hour>, visits: number) => {
  const { seed, from, to } = stretch
  const random = new Random(seed)
  const people = new Population(seed.toString(36), new Random(seed ^ 0x5eed))
  const passed = passedIn(stretch)
  const all: Array<Happening> = []
  for (const { at, hour } of moments(hours, visits, random)) {
    const crowd = random.chance(hour.crowd / hour.weight)
    const known = crowd || !random.chance(0.3) ? undefined : people.returning(hour.place, at)
    const person = known ?? people.newcomer(hour.place, random.weighted(crowd ? launchSources : sourcesAt(passed(at))))
    const wasStranger = person.stage === "stranger"
    all.push(...visit(person, at, known === undefined, random))
    if (wasStranger && person.stage !== "stranger") people.joined(person)
  }
  for (let i = Math.round(visits * botShare); i > 0; i--) all.push(...botVisit(from + random.next() * (to - from), random))
  all.sort((a, b) => a.at - b.at)
  const happenings = all.filter((one) => one.at < to)
  return { happenings, underway: all.slice(happenings.length), people }
}

/** How many visits give about so many events: found by trying some. */
const visitsFor = (stretch: Stretch, hours: ReadonlyArray<Hour>, events: number): number => {
  const tried = Math.ceil(Math.min(events / 3, 5_000 + events / 30))
  return Math.ceil((tried * events) / Math.max(1, made(stretch, hours, tried).happenings.length))
}

/** Makes up a stretch of the past. With a number of events it is the first one: it grows, and has a launch post; with a pace it goes on. */
export const history = (stretch: Stretch): History => {
  const { from, to, much } = stretch
  const passed = passedIn(stretch)
  const launchAt = "pace" in much ? undefined : launchBefore(to, (to - from) / DAY)
  const trend: Trend = { growth: (at) => growth(passed(at)), ...(launchAt === undefined ? {} : { launchAt }) }
  const hours = hoursOf(places, from, to, trend)
  const weight = hours.reduce((sum, hour) => sum + hour.weight, 0)
  const visits = "pace" in much ? Math.round(much.pace * weight) : visitsFor(stretch, hours, much.events)
  return { ...made(stretch, hours, visits), pace: "pace" in much ? much.pace : visits / weight, launchAt }
}
