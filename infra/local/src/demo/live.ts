import type { Happening } from "./event.ts"
import { botShare, type History } from "./history.ts"
import type { Population } from "./people.ts"
import { places } from "./places.ts"
import type { Random } from "./random.ts"
import { growth, wakefulness } from "./rhythm.ts"
import { sourcesAt } from "./sources.ts"
import { botVisit, visit } from "./visit.ts"

const HOUR = 3_600_000

/** Each place with how many of its people come at a moment. */
const presentPlaces = (at: number) => places.map((place) => ({ place, weight: place.weight * wakefulness(place, at) }))

/** Traffic of the present, at the pace of the past and by the same clocks: visits begin at random, their events come due one after another. */
export class LiveTraffic {
  readonly #people: Population
  readonly #random: Random
  readonly #pace: number
  #planned: ReadonlyArray<Happening>
  #nextVisit: number

  /** Goes on from `from` (epoch ms), where the past ended. */
  constructor({ people, pace, underway }: Pick<History, "people" | "pace" | "underway">, random: Random, from: number) {
    this.#people = people
    this.#random = random
    this.#pace = pace
    this.#planned = underway
    this.#nextVisit = this.#after(from)
  }

  /** The events that have come due by `now`, in order. */
  due(now: number): ReadonlyArray<Happening> {
    const planned = [...this.#planned]
    while (this.#nextVisit <= now) {
      planned.push(...this.#visit(this.#nextVisit))
      this.#nextVisit = this.#after(this.#nextVisit)
    }
    planned.sort((a, b) => a.at - b.at)
    const due = planned.filter((one) => one.at <= now)
    this.#planned = planned.slice(due.length)
    return due
  }

  /** When the next visit begins. Each hour has a rhythm of its own, so chance begins anew with it. */
  #after(at: number): number {
    let from = at
    for (;;) {
      const visits = this.#pace * growth(1) * presentPlaces(from).reduce((sum, { weight }) => sum + weight, 0)
      const next = from + this.#random.wait(HOUR / visits)
      const hourEnds = (Math.floor(from / HOUR) + 1) * HOUR
      if (next < hourEnds) return next
      from = hourEnds
    }
  }

  #visit(at: number): Array<Happening> {
    const random = this.#random
    const { place } = random.weighted(presentPlaces(at))
    const known = random.chance(0.3) ? this.#people.returning(place, at) : undefined
    const person = known ?? this.#people.newcomer(place, random.weighted(sourcesAt(1)))
    const wasStranger = person.stage === "stranger"
    const happenings = visit(person, at, known === undefined, random)
    if (wasStranger && person.stage !== "stranger") this.#people.joined(person)
    return random.chance(botShare) ? [...happenings, ...botVisit(at, random)] : happenings
  }
}
