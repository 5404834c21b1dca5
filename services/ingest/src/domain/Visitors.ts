import { configuredPartitions, partitionOf } from "@footfall/event-log/partition"
import type { ControlPlaneUnavailable } from "@footfall/control-plane/errors"
import { dayOf, Salts } from "@footfall/control-plane/Salts"
import { networkOf } from "@footfall/platform/ClientAddress"
import { type Config, Context, Effect, Layer } from "effect"
import { createHmac } from "node:crypto"

const DAY_MS = 86_400_000
const REMEMBERED = 50_000

/** Whom an event is about, as far as we can tell. */
export interface Seen {
  readonly projectId: string
  /** As ClientAddress spells addresses; empty when unknown. */
  readonly ip: string
  readonly userAgent: string
  /** An id that a server with a secret key gave. */
  readonly given: string | undefined
  /** The UTC day of the event when salts do not reach back to it, else undefined. */
  readonly historicDay: string | undefined
}

/** The ids of a visitor, UInt64 as decimal digits, and the partition of his events, which changes neither by the day nor with his address. */
export interface Visitor {
  readonly ids: { readonly visitorId: string; readonly previousVisitorId?: string }
  readonly partition: number
}

/** Tells visitors apart on one day of receipt. */
export interface DayOfVisitors {
  readonly day: string
  readonly of: (seen: Seen) => Visitor
}

/** The first eight bytes of HMAC-SHA-256, as UInt64 in decimal digits. */
const keyedId = (key: Uint8Array, text: string): string => createHmac("sha256", key).update(text).digest().readBigUInt64BE().toString()

/** Remembers the ids of the latest senders; hashing each request anew would cost more than all its other checks. */
const remembering = (make: (seen: Seen) => Visitor): ((seen: Seen) => Visitor) => {
  const known = new Map<string, Visitor>()
  return (seen) => {
    if (seen.given !== undefined || seen.historicDay !== undefined) return make(seen)
    const key = `${seen.projectId}|${seen.ip}|${seen.userAgent}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(seen)
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? "")
    known.set(key, made)
    return made
  }
}

interface HashKeys {
  readonly today: Uint8Array
  readonly yesterday: Uint8Array
  /** The installation's own, which does not change. */
  readonly permanent: Uint8Array
}

const visitors = ({ today, yesterday, permanent }: HashKeys, partitions: number) => {
  const ofDay = ({ projectId, ip, userAgent }: Seen): Visitor => {
    const text = `${projectId}|${networkOf(ip)}|${userAgent}`
    const ids = { visitorId: keyedId(today, text), previousVisitorId: keyedId(yesterday, text) }
    return { ids, partition: partitionOf(projectId, userAgent, partitions) }
  }
  const remembered = remembering(ofDay)
  return (seen: Seen): Visitor => {
    const { projectId, ip, userAgent, given, historicDay } = seen
    if (given !== undefined)
      return {
        ids: { visitorId: keyedId(permanent, `given|${projectId}|${given}`) },
        partition: partitionOf(projectId, `given|${given}`, partitions),
      }
    if (historicDay === undefined) return remembered(seen)
    const ids = { visitorId: keyedId(permanent, `day|${projectId}|${historicDay}|${networkOf(ip)}|${userAgent}`) }
    return { ids, partition: partitionOf(projectId, userAgent, partitions) }
  }
}

/** A secret key of this installation that never changes: the same visitors for ever, and nobody else can compute them. */
export class InstallationKey extends Context.Service<InstallationKey, { readonly bytes: Uint8Array }>()(
  "@footfall/ingest/domain/InstallationKey",
) {}

/**
 * Visitor ids. Without an id given by a server, a visitor is a keyed hash of project, network (an IPv4 address, an IPv6 /64) and browser under the random
 * salt of the UTC day of receipt; the id under the salt of the day before comes along, so that midnight splits nobody.
 * An id given by a server, and events from before the salts, are hashed with the key of this installation instead, and
 * have no previous id.
 */
export class Visitors extends Context.Service<
  Visitors,
  {
    /** The visitors of an instant of receipt, epoch milliseconds. */
    on(receivedAt: number): Effect.Effect<DayOfVisitors, ControlPlaneUnavailable>
  }
>()("@footfall/ingest/domain/Visitors") {
  static readonly layer: Layer.Layer<Visitors, Config.ConfigError, Salts | InstallationKey> = Layer.effect(
    Visitors,
    Effect.gen(function* () {
      const salts = yield* Salts
      const partitions = yield* configuredPartitions
      const permanent = (yield* InstallationKey).bytes
      let current: { readonly number: number; readonly day: Effect.Effect<DayOfVisitors> } | undefined

      const begin = Effect.fnUntraced(function* (number: number) {
        const day = dayOf(number * DAY_MS)
        const today = yield* salts.of(day)
        const yesterday = yield* salts.of(dayOf((number - 1) * DAY_MS))
        current = { number, day: Effect.succeed({ day, of: visitors({ today, yesterday, permanent }, partitions) }) }
        return yield* current.day
      })

      return Visitors.of({
        on: (receivedAt) => {
          const number = Math.floor(receivedAt / DAY_MS)
          return current?.number === number ? current.day : begin(number)
        },
      })
    }),
  )
}

/** The day of an event for {@link Seen.historicDay}: defined when it lies before the day before its receipt. */
export const historicDayOf = (at: number, receivedAt: number): string | undefined =>
  Math.floor(at / DAY_MS) < Math.floor(receivedAt / DAY_MS) - 1 ? dayOf(at) : undefined
