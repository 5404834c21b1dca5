import { seeded } from "@footfall/local/demo/random"
import { randomUUID } from "node:crypto"

/** What is known about a visitor without asking the product. */
export interface KnownVisitor {
  readonly id: string
  readonly ip: string
  readonly country: string
  readonly userAgent: string
  readonly browser: string
  readonly os: string
  readonly device: string
}

/** An event as sent, with what is known about it. */
export interface KnownEvent {
  readonly id: string
  readonly visitor: KnownVisitor
  readonly kind: "pageview" | "event"
  readonly name: string
  readonly at: number
  readonly page: string
  readonly referrer: string
  readonly source: string
}

const PLACES = [
  { ip: "8.8.8.8", country: "US" },
  { ip: "81.2.69.142", country: "GB" },
  { ip: "130.149.7.201", country: "DE" },
  { ip: "133.11.0.1", country: "JP" },
  { ip: "200.160.2.3", country: "BR" },
] as const

const AGENTS = [
  {
    userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    browser: "Chrome",
    os: "Windows",
    device: "desktop",
  },
  {
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    browser: "Firefox",
    os: "Linux",
    device: "desktop",
  },
] as const

const PAGES = ["/", "/pricing", "/docs", "/blog/it's-here", "/größe/名前", '/a\\b"c']
const REFERRERS = [
  { referrer: "", source: "" },
  { referrer: "https://www.google.com/", source: "Google" },
  { referrer: "https://news.ycombinator.com/item?id=1", source: "Hacker News" },
  { referrer: "https://blog.example.net/post", source: "blog.example.net" },
]
const NAMES = ["signup", "it's 'quoted'", "émoji 🎉"]

/** Events of `visitors` visitors between two moments, in the order of their timestamps: clusters of activity with gaps around and above 30 minutes. */
export const traffic = (options: {
  readonly seed: number
  readonly visitors: number
  readonly from: number
  readonly to: number
}): Array<KnownEvent> => {
  const random = seeded(options.seed)
  const pick = <A>(items: ReadonlyArray<A>): A => items[Math.floor(random() * items.length)]!
  const events: Array<KnownEvent> = []
  for (let n = 0; n < options.visitors; n++) {
    const place = pick(PLACES)
    const agent = pick(AGENTS)
    const visitor = { id: `visitor-${options.seed}-${n}`, ...place, ...agent }
    let at = options.from + Math.floor(random() * (options.to - options.from))
    const count = 1 + Math.floor(random() * random() * 12)
    for (let i = 0; i < count && at < options.to; i++) {
      const isEvent = random() < 0.25
      events.push({
        id: randomUUID(),
        visitor,
        kind: isEvent ? "event" : "pageview",
        name: isEvent ? pick(NAMES) : "",
        at,
        page: pick(PAGES),
        ...pick(REFERRERS),
      })
      const gap = random()
      at += gap < 0.1 ? 30 * 60_000 : gap < 0.2 ? 30 * 60_000 + 1 : gap < 0.3 ? 26 * 3_600_000 : Math.floor(random() * 600_000)
    }
  }
  return events.sort((a, b) => a.at - b.at)
}

/** The event as the contract wants it from a server. */
export const toWire = (event: KnownEvent) => ({
  kind: event.kind,
  id: event.id,
  timestamp: new Date(event.at).toISOString(),
  url: new URL(event.page.replaceAll("\\", "%5C").replaceAll('"', "%22"), "https://shop.example.com").href,
  ...(event.kind === "event" ? { name: event.name } : {}),
  ...(event.referrer === "" ? {} : { referrer: event.referrer }),
  context: { ip: event.visitor.ip, userAgent: event.visitor.userAgent, visitorId: event.visitor.id },
})
