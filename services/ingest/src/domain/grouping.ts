import type { LoggedEvent, LoggedSender } from "@footfall/event-log/LoggedBatch"
import type { AdmittedEvent } from "./Admission.ts"
import { canonicalAddress } from "@footfall/platform/ClientAddress"
import type { PlacedGroup } from "./Collector.ts"
import { type DayOfVisitors, type Moment, momentOf, type Seen } from "./Visitors.ts"

/** Who sent a request, as its connection and headers say. */
export interface Sender {
  /** Canonical; empty when unknown. */
  readonly address: string
  readonly userAgent: string
  /** The first tag of Accept-Language; empty when there is none. */
  readonly language: string
}

/** What the groups of a request have in common. */
export interface Received {
  readonly projectId: string
  readonly kind: "write" | "secret"
  readonly receivedAt: number
  readonly sender: Sender
}

const seenIn = ({ context }: AdmittedEvent, moment: Moment, { projectId, kind, sender }: Received): Seen => ({
  projectId,
  // The sender who reports for others is not the visitor, so their own address and browser stay out of it.
  ip: context === undefined ? sender.address : (canonicalAddress(context.ip ?? "") ?? ""),
  // Nor does the program of a server make its events those of a bot.
  userAgent: kind === "secret" ? (context?.userAgent ?? "").toWellFormed() : sender.userAgent,
  given: context?.visitorId,
  moment,
  historic: kind === "secret",
})

const keyOf = ({ moment, given, ip, userAgent }: Seen) =>
  `${given === undefined ? `${moment.day}${moment.nearMidnight}` : ""}|${given?.length}|${given}|${ip}|${userAgent}`

/** The events of a request by visitor, each group with the partition where all of that visitor's events are. */
export const groupsOf = (
  accepted: ReadonlyArray<AdmittedEvent>,
  received: Received,
  visitors: DayOfVisitors,
): ReadonlyArray<PlacedGroup> => {
  const begin = (seen: Seen, language: string, events: ReadonlyArray<LoggedEvent>): PlacedGroup => {
    const { ids, partition } = visitors.of(seen)
    const sender: LoggedSender = { projectId: seen.projectId, ...ids, ip: seen.ip, userAgent: seen.userAgent, language }
    return { partition, group: { sender, receivedAt: received.receivedAt, events } }
  }
  const groups = new Map<string, { readonly seen: Seen; readonly language: string; readonly events: Array<LoggedEvent> }>()
  let last: { readonly moment: Moment; readonly events: Array<LoggedEvent> } | undefined
  for (const admitted of accepted) {
    const moment = momentOf(admitted.event.at)
    // With a write key all events are the sender's, so only the time tells their groups apart.
    if (received.kind === "write" && last?.moment.day === moment.day && last.moment.nearMidnight === moment.nearMidnight) {
      last.events.push(admitted.event)
      continue
    }
    const seen = seenIn(admitted, moment, received)
    const key = keyOf(seen)
    let group = groups.get(key)
    if (group === undefined) {
      const language = admitted.context === undefined ? received.sender.language : ""
      group = { seen, language, events: [] }
      groups.set(key, group)
    }
    group.events.push(admitted.event)
    last = { moment, events: group.events }
  }
  return Array.from(groups.values(), ({ seen, language, events }) => begin(seen, language, events))
}
