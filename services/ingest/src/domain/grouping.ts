import type { LoggedEvent, LoggedSender } from "@footfall/event-log/LoggedBatch"
import type { AdmittedEvent } from "./Admission.ts"
import { reportedAddress } from "@footfall/platform/ClientAddress"
import type { PlacedGroup } from "./Collector.ts"
import { type DayOfVisitors, historicDayOf, type Seen } from "./Visitors.ts"

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

const seenIn = ({ event, context }: AdmittedEvent, { projectId, kind, receivedAt, sender }: Received): Seen => ({
  projectId,
  // Whoever reports for somebody else is not the visitor, so his own address and browser stay out of it.
  ip: context === undefined ? sender.address : reportedAddress(context.ip ?? ""),
  // Nor does the program of a server make its events those of a bot.
  userAgent: kind === "secret" ? (context?.userAgent ?? "").toWellFormed() : sender.userAgent,
  given: context?.visitorId,
  historicDay: kind === "secret" ? historicDayOf(event.at, receivedAt) : undefined,
})

const keyOf = (seen: Seen) => `${seen.historicDay}|${seen.given?.length}|${seen.given}|${seen.ip}|${seen.userAgent}`

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
  const [first] = accepted
  if (received.kind === "write" && first !== undefined)
    return [
      begin(
        seenIn(first, received),
        received.sender.language,
        accepted.map(({ event }) => event),
      ),
    ]
  const groups = new Map<string, { readonly seen: Seen; readonly language: string; readonly events: Array<LoggedEvent> }>()
  for (const admitted of accepted) {
    const seen = seenIn(admitted, received)
    const known = groups.get(keyOf(seen))
    const language = admitted.context === undefined ? received.sender.language : ""
    if (known === undefined) groups.set(keyOf(seen), { seen, language, events: [admitted.event] })
    else known.events.push(admitted.event)
  }
  return Array.from(groups.values(), ({ seen, language, events }) => begin(seen, language, events))
}
