import type { Client, ClientHints } from "@footfall/contracts/generated/shared"
import type { LoggedClient, LoggedEvent, LoggedSender } from "@footfall/event-log/LoggedBatch"
import type { AdmittedEvent } from "./Admission.ts"
import { reportedAddress } from "@footfall/platform/ClientAddress"
import type { PlacedGroup } from "./Collector.ts"
import { firstLanguage } from "./firstLanguage.ts"
import { type DayOfVisitors, type Moment, momentOf, type Seen } from "./Visitors.ts"

/** Who sent a request, as its connection and headers say. */
export interface Sender {
  /** Canonical; empty when unknown. */
  readonly address: string
  readonly userAgent: string
  /** As the headers carried them; undefined when there are none. */
  readonly hints: ClientHints | undefined
  /** The first tag of Accept-Language; empty when there is none. */
  readonly language: string
}

/** What the groups of a request have in common. */
export interface Received {
  readonly projectId: string
  readonly kind: "write" | "secret"
  readonly receivedAt: number
  readonly sender: Sender
  /** What the batch says of the browser that sends it. */
  readonly client: Client | undefined
  /** What the project stores of addresses besides what is stored for all. */
  readonly keptParameters: ReadonlyArray<string> | undefined
}

/** What is told of a client, for the log; undefined when that is nothing. */
const toldOf = (hints: ClientHints | undefined, client: Client | undefined): LoggedClient | undefined => {
  const multiTouch = client?.touchPoints !== undefined && client.touchPoints > 1
  const automated = client?.automated === true
  if (!multiTouch && !automated) return hints
  return { ...hints, ...(multiTouch ? { multiTouch } : {}), ...(automated ? { automated } : {}) }
}

const HINTS = ["brands", "mobile", "platform", "platformVersion", "model", "formFactors"] as const

/** The hints that a server reports, without what it may have put beside them. */
const reportedHints = (given: ClientHints | undefined): ClientHints | undefined => {
  if (given === undefined) return undefined
  const hints: { -readonly [Key in keyof ClientHints]: ClientHints[Key] } = {}
  for (const key of HINTS) if (given[key] !== undefined) hints[key] = given[key]
  return hints
}

/** The program of a server is not the visitor's, so its own hints stay out of what it reports. */
const clientIn = ({ context }: AdmittedEvent, { kind, sender, client }: Received): LoggedClient | undefined =>
  kind === "secret" ? toldOf(reportedHints(context?.clientHints), context?.client) : toldOf(sender.hints, client)

const seenIn = ({ context }: AdmittedEvent, moment: Moment, { projectId, kind, sender }: Received): Seen => ({
  projectId,
  // The sender who reports for others is not the visitor, so their own address and browser stay out of it.
  ip: context === undefined ? sender.address : reportedAddress(context.ip ?? ""),
  // Nor does the program of a server make its events those of a bot.
  userAgent: kind === "secret" ? (context?.userAgent ?? "").toWellFormed() : sender.userAgent,
  given: context?.visitorId,
  moment,
  historic: kind === "secret",
})

/** What the sender speaks, or those for whom they report. */
const languageIn = ({ context }: AdmittedEvent, { sender }: Received): string =>
  context === undefined ? sender.language : firstLanguage(context.language ?? "")

const keyOf = ({ moment, given, ip, userAgent }: Seen, client: LoggedClient | undefined, language: string) =>
  `${given === undefined ? `${moment.day}${moment.nearMidnight}` : ""}|${given?.length}|${given}|${ip}|${language}|${client === undefined ? "" : JSON.stringify(client)}|${userAgent}`

interface GroupInMaking {
  readonly seen: Seen
  readonly client: LoggedClient | undefined
  readonly language: string
  readonly events: Array<LoggedEvent>
}

/** The events of a request by visitor, each group with the partition where all of that visitor's events are. */
export const groupsOf = (
  accepted: ReadonlyArray<AdmittedEvent>,
  received: Received,
  visitors: DayOfVisitors,
): ReadonlyArray<PlacedGroup> => {
  const begin = (seen: Seen, client: LoggedClient | undefined, language: string, events: ReadonlyArray<LoggedEvent>): PlacedGroup => {
    const { ids, partition } = visitors.of(seen)
    const told = client === undefined ? {} : { client }
    const kept = received.keptParameters === undefined ? {} : { keptParameters: received.keptParameters }
    const sender: LoggedSender = { projectId: seen.projectId, ...ids, ip: seen.ip, userAgent: seen.userAgent, language, ...told, ...kept }
    return { partition, group: { sender, receivedAt: received.receivedAt, events } }
  }
  const groups = new Map<string, GroupInMaking>()
  let last: { readonly moment: Moment; readonly events: Array<LoggedEvent> } | undefined
  for (const admitted of accepted) {
    const moment = momentOf(admitted.event.at)
    // With a write key all events are the sender's, so only the time tells their groups apart.
    if (received.kind === "write" && last?.moment.day === moment.day && last.moment.nearMidnight === moment.nearMidnight) {
      last.events.push(admitted.event)
      continue
    }
    const seen = seenIn(admitted, moment, received)
    const client = clientIn(admitted, received)
    const language = languageIn(admitted, received)
    const key = keyOf(seen, client, language)
    let group = groups.get(key)
    if (group === undefined) {
      group = { seen, client, language, events: [] }
      groups.set(key, group)
    }
    group.events.push(admitted.event)
    last = { moment, events: group.events }
  }
  return Array.from(groups.values(), ({ seen, client, language, events }) => begin(seen, client, language, events))
}
