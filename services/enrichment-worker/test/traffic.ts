import { seeded } from "@footfall/local/demo/random"
import type { LoggedBatch, LoggedEvent, LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { partitionOf } from "@footfall/event-log/partition"
import { createHash } from "node:crypto"

const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
]
export const BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
const ADDRESSES = ["8.8.8.8", "81.2.69.142", "2a02:8106::1", ""]
const URLS = ["/", "/pricing?utm_source=news&utm_medium=email", "/docs?gclid=abc&page=2", "/größe"]
const REFERRERS = ["", "https://www.google.com/", "https://example.com/intern", "https://blog.example.net/post?x=1"]

export const id64 = (text: string): string => String(createHash("sha256").update(text).digest().readBigUInt64BE())
export const uuid = (random: () => number): string =>
  "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => Math.floor(random() * 16).toString(16))

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
export const START = Date.parse("2026-11-02T08:00:00Z")

export interface Shape {
  readonly seed: number
  readonly groups: number
  readonly visitors: number
}

/**
 * Groups as ingest would log them over some days: bursts and long silences, late events, repeated event ids, bots, visitors whose
 * id changes at midnight.
 */
export const trafficOf = ({ seed, groups, visitors }: Shape): ReadonlyArray<LoggedGroup> => {
  const random = seeded(seed)
  const pick = <A>(from: ReadonlyArray<A>): A => from[Math.floor(random() * from.length)]!
  const sent: Array<LoggedEvent> = []
  let receivedAt = START
  return Array.from({ length: groups }).flatMap(() => {
    const step = random()
    receivedAt +=
      step < 0.9
        ? Math.floor(random() * 2 * MINUTE)
        : step < 0.98
          ? 29 * MINUTE + Math.floor(random() * 3 * MINUTE)
          : Math.floor(random() * 9 * HOUR)
    const visitor = Math.floor(random() * visitors)
    const bot = random() < 0.1
    const events = Array.from({ length: 1 + Math.floor(random() * 3) }, (): LoggedEvent => {
      const again = random() < 0.08 ? sent[Math.floor(random() * sent.length)] : undefined
      if (again !== undefined) return again
      const late = random()
      const kind = random() < 0.7 ? "pageview" : "event"
      const event: LoggedEvent = {
        id: uuid(random),
        kind,
        name: kind === "event" ? pick(["signup", 'it\'s \\ "quoted" 🎉']) : "",
        at:
          receivedAt -
          (late < 0.8 ? Math.floor(random() * 2_000) : late < 0.95 ? Math.floor(random() * 40 * MINUTE) : Math.floor(random() * 70 * HOUR)),
        url: random() < 0.05 ? "" : `https://example.com${pick(URLS)}`,
        referrer: pick(REFERRERS),
        title: "A title",
        ...(random() < 0.3
          ? { properties: { plan: pick(["a", "b"]), n: Math.floor(random() * 10), deep: { "a.b": [1, "x", null] } } }
          : {}),
      }
      sent.push(event)
      return event
    })
    const sender = {
      projectId: String(1 + (visitor % 2)),
      ip: ADDRESSES[visitor % ADDRESSES.length]!,
      userAgent: bot ? BOT : AGENTS[visitor % AGENTS.length]!,
      language: "de-DE,de;q=0.9",
    }
    const byDay = Map.groupBy(events, ({ at }) => JSON.stringify(idsAt(String(visitor), at, receivedAt)))
    return [...byDay].map(([ids, own]) => ({ sender: { ...sender, ...(JSON.parse(ids) as Ids) }, receivedAt, events: own }))
  })
}

/**
 * What comes after all that traffic, in groups of one event: for each visitor an event from shortly before their latest ones, which
 * is the first of its visit then, or closes a gap.
 */
export const lateGroupsOf = (groups: ReadonlyArray<LoggedGroup>): ReadonlyArray<LoggedGroup> => {
  const random = seeded(groups.length)
  const receivedAt = groups.at(-1)!.receivedAt + MINUTE
  const latest = new Map(groups.filter(({ sender }) => sender.userAgent !== BOT).map((group) => [group.sender.visitorId, group]))
  return [...latest.values()].map(({ sender, events }) => {
    const at = events[0]!.at - Math.floor((5 + 20 * random()) * MINUTE)
    const url = `https://example.com/late?utm_source=late&utm_medium=email`
    return { sender, receivedAt, events: [{ id: uuid(random), kind: "pageview", name: "", at, url, referrer: "", title: "" }] }
  })
}

type Ids = Pick<LoggedGroup["sender"], "visitorId" | "previousVisitorId" | "nextVisitorId">

/** The ids of a cookieless visitor for an event of this time, as ingest finds them while it knows the salts of yesterday, today and tomorrow. */
export const idsAt = (visitor: string, at: number, receivedAt: number): Ids => {
  const today = Math.floor(receivedAt / DAY)
  const day = Math.max(Math.floor(at / DAY), today - 1)
  const isNearMidnight = (day + 1) * DAY - at < 36 * MINUTE
  return {
    visitorId: id64(`${visitor}/${day}`),
    ...(day > today - 1 ? { previousVisitorId: id64(`${visitor}/${day - 1}`) } : {}),
    ...(day < today || (day === today && isNearMidnight) ? { nextVisitorId: id64(`${visitor}/${day + 1}`) } : {}),
  }
}

/** The group's partition: that of the visitor, whatever the day. */
export const partitionOfGroup = (group: LoggedGroup, partitions: number): number =>
  partitionOf(group.sender.projectId, `${group.sender.ip}|${group.sender.userAgent}`, partitions)

/** Cuts groups into batches of random size for each partition, keeping their order. */
export const entriesOf = (
  groups: ReadonlyArray<LoggedGroup>,
  partitions: number,
  seed: number,
): ReadonlyArray<{ partition: number; batch: LoggedBatch }> => {
  const random = seeded(seed)
  const open = new Map<number, Array<LoggedGroup>>()
  const entries: Array<{ partition: number; batch: LoggedBatch }> = []
  const close = (partition: number) => {
    const ready = open.get(partition)
    if (ready !== undefined && ready.length > 0) entries.push({ partition, batch: { groups: ready } })
    open.delete(partition)
  }
  for (const group of groups) {
    const partition = partitionOfGroup(group, partitions)
    open.set(partition, [...(open.get(partition) ?? []), group])
    if (random() < 0.4) close(partition)
  }
  for (const partition of [...open.keys()]) close(partition)
  return entries
}
