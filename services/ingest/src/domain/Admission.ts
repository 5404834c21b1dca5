import { MISSING_FIELD } from "@footfall/contracts/field-errors"
import { fieldErrorsOf } from "@footfall/contracts/runtime"
import { CustomEvent, PageviewEvent, type Refusal, type SenderContext } from "@footfall/contracts/generated/shared"
import type { LoggedEvent } from "@footfall/event-log/LoggedBatch"
import { Result, Schema, Struct } from "effect"
import { isIP } from "node:net"
import { isoMillis } from "./dateTime.ts"
import { newEventId } from "./eventId.ts"
import { eventReferrer, eventUrl } from "./eventUrl.ts"
import { checkProperties } from "./properties.ts"
import { invalid, type Refused } from "./Refused.ts"
import { type Clocks, clocksOf, happenedAt } from "./timestamps.ts"

/** What is asked to be admitted: events as JSON gave them, and who sends them. */
export interface IncomingBatch {
  readonly kind: "write" | "secret"
  /** Epoch milliseconds. */
  readonly receivedAt: number
  readonly sentAt: string | undefined
  readonly events: ReadonlyArray<unknown>
}

/** An accepted event, and on whose behalf it was sent when that is not the sender. */
export interface AdmittedEvent {
  readonly event: LoggedEvent
  readonly context: SenderContext | undefined
}

/** The decision on a batch: every event is in exactly one of the two lists. */
export interface Admitted {
  readonly accepted: ReadonlyArray<AdmittedEvent>
  readonly refusals: ReadonlyArray<Refusal>
}

const decoders = { pageview: Schema.decodeUnknownResult(PageviewEvent), event: Schema.decodeUnknownResult(CustomEvent) } as const

// The same checks without what has been looked at by then; they build nothing, which a decoder does.
const isPageview = Schema.is(PageviewEvent.mapFields(Struct.omit(["properties", "timestamp"])))
const isCustomEvent = Schema.is(CustomEvent.mapFields(Struct.omit(["properties", "timestamp"])))

type Checked = (Omit<PageviewEvent, "properties" | "timestamp"> | Omit<CustomEvent, "properties" | "timestamp">) &
  Readonly<Record<string, unknown>>

const fits = (event: Readonly<Record<string, unknown>>): event is Checked =>
  event["kind"] === "pageview" ? isPageview(event) : isCustomEvent(event)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isRefused = (value: string | number | undefined | Refused): value is Refused => typeof value === "object"

/** What the contract finds wrong with an event, if anything. */
const contractFault = (incoming: unknown, kind: "pageview" | "event"): Refused | undefined => {
  const decoded: Result.Result<unknown, Schema.SchemaError> = decoders[kind](incoming)
  if (Result.isSuccess(decoded)) return undefined
  const [fault] = fieldErrorsOf(decoded.failure.issue, "body")
  return invalid(fault?.pointer ?? "", fault?.message ?? "Expected an event")
}

/** The sender's timestamp, epoch milliseconds; the contract decides on forms that we do not read ourselves. */
const timestampOf = (incoming: Readonly<Record<string, unknown>>, kind: "pageview" | "event"): number | undefined | Refused => {
  const { timestamp } = incoming
  if (timestamp === undefined) return undefined
  const millis = typeof timestamp === "string" ? isoMillis(timestamp) : undefined
  return millis ?? contractFault(incoming, kind) ?? Date.parse(String(timestamp))
}

const contextFault = (context: SenderContext | undefined, kind: IncomingBatch["kind"]): Refused | undefined => {
  if (context === undefined) return undefined
  if (kind === "write")
    return { reason: "secret_key_required", pointer: "/context", message: "Sending events on behalf of others requires a secret key" }
  if (context.ip !== undefined && isIP(context.ip) === 0) return invalid("/context/ip", "Expected an IPv4 or IPv6 address")
  return undefined
}

const admitOne = (event: unknown, batchKind: IncomingBatch["kind"], clocks: Clocks): AdmittedEvent | Refused => {
  if (!isObject(event)) return invalid("", "Expected an object")
  const { kind, properties } = event
  if (kind !== "pageview" && kind !== "event")
    return invalid("/kind", kind === undefined ? MISSING_FIELD : `Expected "pageview" or "event"`)
  // Before the schema, which would follow any depth.
  const checked = properties === undefined ? undefined : checkProperties(properties)
  if (checked?.refused !== undefined) return checked.refused
  const timestamp = timestampOf(event, kind)
  if (isRefused(timestamp)) return timestamp
  if (!fits(event)) return contractFault(event, kind) ?? invalid("", "Expected an event")
  const at = happenedAt(clocks, timestamp)
  if (isRefused(at)) return at
  const fault = contextFault(event.context, batchKind)
  if (fault !== undefined) return fault
  const url = event.url === undefined ? "" : eventUrl(event.url)
  if (isRefused(url)) return url
  const logged = {
    id: event.id === undefined ? newEventId(clocks.receivedAt) : event.id.toLowerCase(),
    kind: event.kind,
    name: event.kind === "event" ? event.name.toWellFormed() : "",
    at,
    url,
    referrer: event.referrer === undefined ? "" : eventReferrer(event.referrer),
    title: event.title === undefined ? "" : event.title.toWellFormed(),
  }
  return { event: checked === undefined ? logged : { ...logged, properties: checked.properties }, context: event.context }
}

/**
 * Decides what happens to the events of a batch before they cost anything. A refused event does not hold back the others;
 * its refusal says why and where, as a JSON pointer into the request body.
 */
export const admit = (batch: IncomingBatch): Admitted => {
  const clocks = clocksOf(batch.kind, batch.receivedAt, batch.sentAt)
  const accepted: Array<AdmittedEvent> = []
  const refusals: Array<Refusal> = []
  for (let index = 0; index < batch.events.length; index++) {
    const admitted = admitOne(batch.events[index], batch.kind, clocks)
    if ("reason" in admitted) refusals.push({ index, ...admitted, pointer: `/events/${index}${admitted.pointer}` })
    else accepted.push(admitted)
  }
  return { accepted, refusals }
}
