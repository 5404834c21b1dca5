import { encodeBatch } from "@footfall/event-log/codec"
import { ENTRY_FIELD, logKeys } from "@footfall/event-log/keys"
import type { LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { partitionOf } from "@footfall/event-log/partition"
import type { Happening } from "@footfall/local/demo/event"
import { history } from "@footfall/local/demo/history"
import { Redis } from "ioredis"
import { createHash } from "node:crypto"

/** What was put on the log. */
export interface Filled {
  readonly events: number
  readonly entries: number
  readonly visitors: number
  readonly bytes: number
}

/** Events per pass of the collector: what ingest gathers in 5 ms at 20,000 events/s, spread over the partitions. */
const eventsPerPass = 100

const idOf = (visitor: string, day: string): string =>
  createHash("sha256").update(`${day}|${visitor}`).digest().readBigUInt64BE().toString()

const groupOf = (projectId: string, of: ReadonlyArray<Happening>): LoggedGroup => {
  const [first] = of
  if (first === undefined) throw new Error("A group has at least one event.")
  const { ip, userAgent, visitorId = "" } = first.event.context
  return {
    sender: {
      projectId,
      visitorId: idOf(visitorId, "today"),
      previousVisitorId: idOf(visitorId, "yesterday"),
      ip,
      userAgent,
      language: "en-US,en;q=0.9",
    },
    receivedAt: first.at,
    events: of.map(({ at, event }) => ({
      id: event.id,
      kind: event.kind,
      name: event.name ?? "",
      at,
      url: event.url,
      referrer: event.referrer ?? "",
      title: event.title,
      ...(event.properties === undefined ? {} : { properties: event.properties }),
    })),
  }
}

/** Puts exactly `count` events of the last day of a busy site on the log, packed as ingest packs them. */
export const prefill = async (redisUrl: string, prefix: string, projectId: string, partitions: number, count: number): Promise<Filled> => {
  const people = history({ seed: 2, to: Date.now(), days: 1, events: Math.ceil(count * 1.08) }).happenings.filter(
    (one) => one.event.context.visitorId !== undefined,
  )
  if (people.length < count) throw new Error(`Only ${people.length} events were made up.`)
  const chosen = people.slice(0, count)
  const keys = logKeys(prefix)
  const redis = new Redis(redisUrl)
  let [entries, bytes] = [0, 0]
  try {
    for (let start = 0; start < count; start += eventsPerPass * 50) {
      const pipeline = redis.pipeline()
      for (let pass = start; pass < Math.min(start + eventsPerPass * 50, count); pass += eventsPerPass) {
        const senders = Map.groupBy(chosen.slice(pass, pass + eventsPerPass), (one) => one.event.context.visitorId ?? "")
        const byPartition = Map.groupBy(senders.values(), ([one]) => partitionOf(projectId, one?.event.context.userAgent ?? "", partitions))
        for (const [partition, groups] of byPartition) {
          const entry = encodeBatch({ groups: groups.map((group) => groupOf(projectId, group)) })
          pipeline.xadd(keys.events(partition), "*", ENTRY_FIELD, entry)
          entries++
          bytes += entry.length
        }
      }
      for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error
    }
  } finally {
    redis.disconnect()
  }
  return { events: count, entries, visitors: new Set(chosen.map((one) => one.event.context.visitorId)).size, bytes }
}
