import { botNetworks } from "./places.ts"
import { bots } from "./agents.ts"
import type { DemoEvent, Happening } from "./event.ts"
import type { Person } from "./people.ts"
import { uuidAt, type Random } from "./random.ts"
import { origin, page, pages } from "./site.ts"
import { direct, type Source } from "./sources.ts"

/** A browser on its way through the site: keeps the clock, the page it is on and the referrer of the next one. */
class Walk {
  readonly happenings: Array<Happening> = []
  readonly #context: DemoEvent["context"]
  readonly #random: Random
  #at: number
  #url = origin
  #path = "/"
  #referrer: string

  constructor(at: number, context: DemoEvent["context"], referrer: string, random: Random) {
    this.#at = at
    this.#context = context
    this.#referrer = referrer
    this.#random = random
  }

  view(path: string, query?: string): void {
    if (this.happenings.length > 0) this.#referrer = this.#url
    this.#path = path
    this.#url = `${origin}${path}${query === undefined ? "" : `?${query}`}`
    this.#happen({ kind: "pageview", ...(this.#referrer === "" ? {} : { referrer: this.#referrer }) })
    this.#pass(page(path).reading)
  }

  /** Something happens on the page, then `seconds` pass on average. */
  event(name: string, properties: NonNullable<DemoEvent["properties"]>, seconds = 10): void {
    this.#happen({ kind: "event", name, properties })
    this.#pass(seconds)
  }

  #happen(what: Pick<DemoEvent, "kind" | "name" | "properties" | "referrer">): void {
    const timestamp = new Date(this.#at).toISOString()
    const id = uuidAt(this.#at, this.#random)
    this.happenings.push({
      at: this.#at,
      event: { ...what, id, timestamp, url: this.#url, title: page(this.#path).title, context: this.#context },
    })
  }

  /** Never more than 25 minutes: who stays away longer is on another visit. */
  #pass(seconds: number): void {
    this.#at += Math.round(Math.min(1000 + this.#random.wait(seconds * 1000), 1_500_000))
  }
}

const signUp = (walk: Walk, person: Person, random: Random): void => {
  walk.view("/signup")
  walk.event("signup started", { plan: person.plan.plan }, 40)
  if (!random.chance(0.64)) return
  walk.event("signup completed", { plan: person.plan.plan, method: random.chance(0.55) ? "email" : "google" }, 4)
  person.stage = "trial"
  walk.view("/app")
  if (random.chance(0.66)) createProject(walk, person, random)
}

const createProject = (walk: Walk, person: Person, random: Random): void => {
  walk.view("/app/projects")
  const template = random.of(["kitchen", "staircase", "furniture", "boat", "blank"])
  walk.event("project created", { template, tasks: random.int(3, 24), imported: random.chance(0.2) }, 60)
  if (person.stage === "trial") person.stage = "planner"
}

const subscribe = (walk: Walk, person: Person, random: Random): void => {
  walk.view("/app/settings")
  const yearly = random.chance(0.35)
  const { plan, amount } = person.plan
  walk.event("subscribed", { plan, interval: yearly ? "year" : "month", amount: yearly ? amount * 10 : amount, currency: "EUR" }, 20)
  person.stage = "subscriber"
}

/** What somebody with an account does besides looking around. */
const work = (walk: Walk, person: Person, random: Random): void => {
  if (person.stage === "trial" && random.chance(0.5)) createProject(walk, person, random)
  else if (person.stage === "planner" && random.chance(0.12)) subscribe(walk, person, random)
  else if (random.chance(0.3)) walk.event("quote sent", { amount: random.int(4, 180) * 100, currency: "EUR", items: random.int(1, 14) }, 40)
  else if (random.chance(0.15)) createProject(walk, person, random)
}

const asides = (walk: Walk, path: string, random: Random): void => {
  if ((path === "/" || path === "/features") && random.chance(0.05)) walk.event("demo video played", { seconds: random.int(8, 96) }, 40)
  if (path.startsWith("/blog/") && random.chance(0.03)) walk.event("newsletter subscribed", { list: "shavings" })
  if (path === "/docs/api" && random.chance(0.12)) walk.event("outbound link clicked", { to: "github.com" })
}

/** Goes from page to page as people do, at most twelve pages, and signs up when the mood is there. */
const wander = (walk: Walk, start: string, query: string | undefined, person: Person, random: Random): void => {
  let path = start
  for (let step = 0; step < 12; step++) {
    walk.view(path, step === 0 ? query : undefined)
    asides(walk, path, random)
    if (path === "/pricing" && person.stage === "stranger" && random.chance(0.17 * person.source.intent))
      return signUp(walk, person, random)
    if (path === "/app") work(walk, person, random)
    const ways = Object.entries(pages.get(path)?.next ?? {}).map(([to, weight]) => ({ to, weight }))
    const staying = ways.reduce((sum, way) => sum + way.weight, 0)
    if (!random.chance(staying)) return
    path = random.weighted(ways).to
  }
}

/** All that one person does on one visit that begins at `at`. Changes how far they have come. */
export const visit = (person: Person, at: number, first: boolean, random: Random): Array<Happening> => {
  const source: Source = first || random.chance(0.25) ? person.source : direct
  const context = { ip: person.ip, userAgent: person.agent.userAgent, language: person.place.language, visitorId: person.visitorId }
  const walk = new Walk(at, context, source.referrer, random)
  const member = person.stage !== "stranger"
  if (member && random.chance(0.85)) wander(walk, "/app", undefined, person, random)
  else wander(walk, random.weighted(source.landings).path, source.query, person, random)
  person.seenAt = walk.happenings.at(-1)?.at ?? at
  return walk.happenings
}

/** A machine reads up to three pages. */
export const botVisit = (at: number, random: Random): Array<Happening> => {
  const bot = random.weighted(bots)
  const walk = new Walk(at, { ip: `${botNetworks[bot.network]}.${random.int(1, 250)}`, userAgent: bot.userAgent }, "", random)
  const publicPages = [...pages.keys()].filter((path) => !path.startsWith("/app"))
  for (let i = random.int(1, 3); i > 0; i--) walk.view(random.of(publicPages))
  return walk.happenings
}
