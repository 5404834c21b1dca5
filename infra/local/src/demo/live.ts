import type { Happening } from "./event.ts"
import type { Population } from "./people.ts"
import { places } from "./places.ts"
import type { Random } from "./random.ts"
import { wakefulness } from "./rhythm.ts"
import { sources } from "./sources.ts"
import { botVisit, visit } from "./visit.ts"

/** Events of a visit on average; what turns a rate of events into a rate of visits. */
const eventsPerVisit = 2.8

/** Traffic of the present: visits begin at random, their events come due one after another. */
export class LiveTraffic {
  readonly #people: Population
  readonly #random: Random
  readonly #visitMs: number
  #planned: Array<Happening> = []
  #nextVisit: number

  /** About `perSecond` events a second from `now` (epoch ms) on. */
  constructor(people: Population, random: Random, now: number, perSecond: number) {
    this.#people = people
    this.#random = random
    this.#visitMs = (1000 * eventsPerVisit) / perSecond
    this.#nextVisit = now
  }

  /** The events that have come due by `now`, in order. */
  due(now: number): Array<Happening> {
    while (this.#nextVisit <= now) {
      this.#planned.push(...this.#visit(this.#nextVisit))
      this.#nextVisit += this.#random.wait(this.#visitMs)
    }
    const due = this.#planned.filter((one) => one.at <= now).sort((a, b) => a.at - b.at)
    this.#planned = this.#planned.filter((one) => one.at > now)
    return due
  }

  #visit(at: number): Array<Happening> {
    const random = this.#random
    if (random.chance(0.03)) return botVisit(at, random)
    const { place } = random.weighted(places.map((one) => ({ place: one, weight: one.weight * wakefulness(one, at) })))
    const known = random.chance(0.3) ? this.#people.returning(place) : undefined
    const person = known ?? this.#people.newcomer(place, random.weighted(sources))
    const wasStranger = person.stage === "stranger"
    const happenings = visit(person, at, known === undefined, random)
    if (wasStranger && person.stage !== "stranger") this.#people.joined(person)
    return happenings
  }
}
