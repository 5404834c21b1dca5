import { desktops, phones, tablets, type Agent } from "./agents.ts"
import type { Place } from "./places.ts"
import type { Random } from "./random.ts"
import { plans } from "./site.ts"
import type { Source } from "./sources.ts"

/** How far somebody has come with the product. */
export type Stage = "stranger" | "trial" | "planner" | "subscriber"

/** Somebody who visits the site, perhaps more than once, always with the same browser. */
export interface Person {
  readonly visitorId: string
  readonly place: Place
  readonly ip: string
  readonly agent: Agent
  /** How they found the site. */
  readonly source: Source
  readonly plan: (typeof plans)[number]
  stage: Stage
  /** When they did something last, epoch ms. */
  seenAt: number
}

const agentAt = (place: Place, random: Random): Agent => {
  if (random.chance(0.05)) return random.weighted(tablets)
  return random.weighted(random.chance(place.phones) ? phones : desktops)
}

/** Everybody who has ever come, by place, so that some come again. */
export class Population {
  readonly #name: string
  readonly #random: Random
  readonly #strangers = new Map<Place, Array<Person>>()
  readonly #members = new Map<Place, Array<Person>>()
  #born = 0

  /** `name` keeps the visitor ids of two populations apart. */
  constructor(name: string, random: Random) {
    this.#name = name
    this.#random = random
  }

  get size(): number {
    return this.#born
  }

  /** Somebody new, who comes by this source. */
  newcomer(place: Place, source: Source): Person {
    const random = this.#random
    const person: Person = {
      visitorId: `${this.#name}-${++this.#born}`,
      place,
      ip: `${random.of(place.networks)}.${random.int(2, 250)}`,
      agent: agentAt(place, random),
      source,
      plan: random.weighted(plans),
      stage: "stranger",
      seenAt: 0,
    }
    this.#list(this.#strangers, place).push(person)
    return person
  }

  /** Somebody of this place who was here before `at`, customers and recent visitors first; undefined when nobody was, or they are still here. */
  returning(place: Place, at: number): Person | undefined {
    const person = this.#known(place)
    return person !== undefined && person.seenAt < at ? person : undefined
  }

  #known(place: Place): Person | undefined {
    const members = this.#list(this.#members, place)
    if (members.length > 0 && this.#random.chance(0.45)) return this.#random.of(members)
    const strangers = this.#list(this.#strangers, place)
    return strangers[strangers.length - 1 - Math.floor(this.#random.wait(12))]
  }

  /** Remembers a stranger who has signed up among the customers. */
  joined(person: Person): void {
    this.#list(this.#members, person.place).push(person)
  }

  #list(of: Map<Place, Array<Person>>, place: Place): Array<Person> {
    const known = of.get(place)
    if (known !== undefined) return known
    const list: Array<Person> = []
    of.set(place, list)
    return list
  }
}
