import { seeded } from "@footfall/local/demo/random"
import type { NaiveSession } from "./naive.ts"
import type { KnownEvent, KnownVisitor } from "./traffic.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const IDLE = 30 * MINUTE
const DAY = 24 * HOUR

/** Summer time ends in Berlin within these days. */
export const FROM = Date.parse("2026-10-22T00:00:00Z")
export const TO = FROM + 8 * DAY

/** One browser, known by an id that its server gives or by address and user agent only. */
interface Device extends KnownVisitor {
  readonly cookieless: boolean
}

/** An event of a history; the device is the one that it happened on. */
export interface HistoryEvent extends KnownEvent {
  readonly visitor: Device
}

const PLACES = [
  { ip: "8.8.8.8", country: "US" },
  { ip: "81.2.69.142", country: "GB" },
  { ip: "130.149.7.201", country: "DE" },
] as const

const BROWSERS = [
  {
    browser: "Chrome",
    os: "Windows",
    of: (n: number) => `(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.${n}.0 Safari/537.36`,
  },
  {
    browser: "Edge",
    os: "macOS",
    of: (n: number) =>
      `(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.${n}.0`,
  },
] as const

const SOURCES = [
  { referrer: "https://www.google.com/", source: "Google" },
  { referrer: "https://news.ycombinator.com/item?id=1", source: "Hacker News" },
  { referrer: "https://blog.example.net/post", source: "blog.example.net" },
] as const
const NO_SOURCE = { referrer: "", source: "" } as const
const PAGES = ["/", "/pricing", "/docs", "/blog/a", "/blog/b"]

/** Silences that decide something, and some that do not. */
const silence = (random: () => number): number => {
  const kind = random()
  if (kind < 0.35) return Math.floor(random() * 10 * MINUTE)
  if (kind < 0.65) return IDLE - 1 + Math.floor(random() * 3)
  if (kind < 0.8) return 20 * MINUTE + Math.floor(random() * 20 * MINUTE)
  return Math.floor(random() * 30 * HOUR)
}

/** Where a history begins: anywhere, shortly before midnight (UTC), or shortly before the hour that comes twice in Berlin. */
const beginning = (random: () => number): number => {
  const kind = random()
  const day = FROM + Math.floor(1 + random() * 5) * DAY
  if (kind < 0.4) return day - Math.floor(random() * 40 * MINUTE)
  if (kind < 0.5) return Date.parse("2026-10-25T00:40:00Z") - Math.floor(random() * 20 * MINUTE)
  return FROM + DAY + Math.floor(random() * 4 * DAY)
}

const uuid = (random: () => number): string =>
  "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => Math.floor(random() * 16).toString(16))

/** The events of a history in the order of time: one or two devices, visits that hang by a millisecond, some of nearly 24 hours. */
export const historyOf = (seed: number): ReadonlyArray<HistoryEvent> => {
  const random = seeded(seed * 7_919 + 11)
  const pick = <A>(items: ReadonlyArray<A>): A => items[Math.floor(random() * items.length)]!
  const events: Array<HistoryEvent> = []
  const devices = random() < 0.3 ? 2 : 1
  for (let n = 0; n < devices; n++) {
    const { browser, os, of } = BROWSERS[n]!
    const device: Device = {
      id: `${seed}-${n}`,
      ...pick(PLACES),
      userAgent: `Mozilla/5.0 ${of(seed + 1)}`,
      browser,
      os,
      device: "desktop",
      cookieless: random() < 0.6,
    }
    const long = random() < 0.1
    let at = beginning(random)
    const count = long ? 47 + Math.floor(random() * 8) : 2 + Math.floor(random() * 14)
    for (let i = 0; i < count && at < TO; i++) {
      const kind = random() < 0.3 ? "event" : "pageview"
      // Someone may move; only who is known by an id stays the same visitor then.
      const visitor = device.cookieless || random() < 0.8 ? device : { ...device, ...pick(PLACES) }
      const source = random() < 0.4 ? pick(SOURCES) : NO_SOURCE
      events.push({ id: uuid(random), visitor, kind, name: kind === "event" ? "signup" : "", at, page: pick(PAGES), ...source })
      at += long ? IDLE - Math.floor(random() * 2) : silence(random)
    }
  }
  return events.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

/** The sessions of histories in the plainest way. Without an id, who comes on two days is two persons. */
export const sessionsOfHistories = (histories: ReadonlyArray<ReadonlyArray<HistoryEvent>>): Array<NaiveSession> =>
  histories.flatMap((history) => {
    const byDevice = Map.groupBy(history, ({ visitor }) => visitor.id)
    return [...byDevice.values()].flatMap((events) => {
      const sessions: Array<Array<HistoryEvent>> = []
      for (const event of events) {
        const last = sessions.at(-1)
        if (last !== undefined && event.at - last.at(-1)!.at <= IDLE && event.at - last[0]!.at <= DAY) last.push(event)
        else sessions.push([event])
      }
      return sessions.map((own) => {
        const { id, cookieless } = own[0]!.visitor
        const person = cookieless ? `${id} on ${new Date(own[0]!.at).toISOString().slice(0, 10)}` : id
        return { visitor: person, events: own.map((event) => ({ ...event, visitor: { ...event.visitor, id: person } })) }
      })
    })
  })

/** The event as a server reports it. */
export const historyToWire = ({ id, kind, name, at, page, referrer, visitor }: HistoryEvent) => ({
  kind,
  id,
  timestamp: new Date(at).toISOString(),
  url: `https://shop.example.com${page}`,
  ...(kind === "event" ? { name } : {}),
  ...(referrer === "" ? {} : { referrer }),
  context: { ip: visitor.ip, userAgent: visitor.userAgent, ...(visitor.cookieless ? {} : { visitorId: visitor.id }) },
})

/** Some events twice, all in an order of chance. */
export const shuffledTwice = <A>(list: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const random = seeded(seed)
  return [...list, ...list.filter(() => random() < 0.1)]
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
