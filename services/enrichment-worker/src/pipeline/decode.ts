import { decodeBatch } from "@footfall/event-log/codec"
import type { LoggedClient, LoggedEvent, LoggedGroup, LoggedSender } from "@footfall/event-log/LoggedBatch"
import type { DeadLetter, LogEntry } from "@footfall/event-log/PartitionLog"
import { Effect } from "effect"

/** An event with whose it is and when it came. */
export interface Arrived {
  readonly sender: LoggedSender
  readonly receivedAt: number
  readonly event: LoggedEvent
  /** Id of its entry on the log. */
  readonly entry: string
}

/** What a batch holds, in the order of the log. */
export interface Decoded {
  /** The entries that make up the batch; those after them stay pending for the next one. */
  readonly ids: ReadonlyArray<string>
  readonly arrived: ReadonlyArray<Arrived>
  readonly letters: ReadonlyArray<DeadLetter>
}

/** A batch ends with the entry that reaches one of these. A crash repeats the same cut, because it reads the same entries. */
const MOST_EVENTS = 20_000
const MOST_CHARACTERS = 32 * 1024 * 1024

const DIGITS = /^\d{1,20}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The year 2286; beyond it the warehouse has no timestamps. */
const LAST_MOMENT = 1e13

const isMoment = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < LAST_MOMENT
const areTexts = (...values: ReadonlyArray<unknown>): boolean => values.every((value) => typeof value === "string")

/** Rows are written from these fields without further checks, so what is not of this shape must not pass. */
const isEvent = (event: LoggedEvent): boolean =>
  typeof event === "object" &&
  event !== null &&
  UUID.test(event.id) &&
  (event.kind === "pageview" || event.kind === "event") &&
  isMoment(event.at) &&
  areTexts(event.name, event.url, event.referrer, event.title) &&
  (event.properties === undefined ||
    (typeof event.properties === "object" && event.properties !== null && !Array.isArray(event.properties)))

const isTrueOrAbsent = (value: unknown): boolean => value === undefined || value === true

const isClient = (client: LoggedClient): boolean => {
  if (typeof client !== "object" || client === null) return false
  const { multiTouch, automated, brands, mobile, platform, platformVersion, model, formFactors } = client
  const hints = [brands, mobile, platform, platformVersion, model, formFactors].filter((hint) => hint !== undefined)
  return isTrueOrAbsent(multiTouch) && isTrueOrAbsent(automated) && areTexts(...hints)
}

const isGroup = (group: LoggedGroup): boolean => {
  const sender = group?.sender
  return (
    typeof sender === "object" &&
    sender !== null &&
    DIGITS.test(sender.projectId) &&
    DIGITS.test(sender.visitorId) &&
    (sender.previousVisitorId === undefined || DIGITS.test(sender.previousVisitorId)) &&
    (sender.nextVisitorId === undefined || DIGITS.test(sender.nextVisitorId)) &&
    areTexts(sender.ip, sender.userAgent, sender.language) &&
    (sender.client === undefined || isClient(sender.client)) &&
    (sender.keptParameters === undefined || (Array.isArray(sender.keptParameters) && areTexts(...sender.keptParameters))) &&
    isMoment(group.receivedAt) &&
    Array.isArray(group.events)
  )
}

const charactersOf = (value: unknown): number => {
  if (typeof value === "string") return value.length
  if (typeof value !== "object" || value === null) return 8
  let sum = 0
  for (const [key, inner] of Object.entries(value)) sum += key.length + charactersOf(inner)
  return sum
}

const weightOf = (event: LoggedEvent): number =>
  128 +
  event.url.length +
  event.referrer.length +
  event.title.length +
  (event.properties === undefined ? 0 : charactersOf(event.properties))

/** A malformed group without the sender's address. */
const withoutAddress = (group: unknown): string => JSON.stringify(group, (key, value: unknown) => (key === "ip" ? undefined : value)) ?? ""

/** Unpacks entries up to the size of a batch. What cannot be read becomes a dead letter; the rest goes on. */
export const decode = Effect.fnUntraced(function* (partition: number, entries: ReadonlyArray<LogEntry>) {
  const ids: Array<string> = []
  const arrived: Array<Arrived> = []
  const letters: Array<DeadLetter> = []
  const bury = (id: string, reason: string, content: string) => void letters.push({ partition, id, reason, content })
  let characters = 0
  for (const { id, bytes } of entries) {
    if (arrived.length >= MOST_EVENTS || characters >= MOST_CHARACTERS) break
    ids.push(id)
    // The bytes of an entry that cannot be unpacked may hold an address, so they are not kept.
    const groups = yield* Effect.match(decodeBatch(bytes), {
      onFailure: ({ reason }) => bury(id, `entry of ${bytes.length} bytes: ${reason}`, ""),
      onSuccess: (batch) => batch.groups,
    })
    for (const group of groups ?? []) {
      if (!isGroup(group)) {
        bury(id, "malformed group", withoutAddress(group))
        continue
      }
      for (const event of group.events) {
        if (!isEvent(event)) {
          bury(id, "malformed event", withoutAddress({ projectId: group.sender.projectId, receivedAt: group.receivedAt, event }))
          continue
        }
        arrived.push({ sender: group.sender, receivedAt: group.receivedAt, event, entry: id })
        characters += weightOf(event)
      }
    }
  }
  return { ids, arrived, letters } satisfies Decoded as Decoded
})
