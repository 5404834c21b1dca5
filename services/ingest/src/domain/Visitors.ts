import { configuredPartitions, partitionOf } from "@footfall/event-log/partition"
import { BoundedMap } from "@footfall/control-plane/BoundedMap"
import type { ControlPlaneUnavailable } from "@footfall/control-plane/errors"
import { dayOf, Salts } from "@footfall/control-plane/Salts"
import { networkOf } from "@footfall/platform/ClientAddress"
import { type Config, Context, Effect, Layer } from "effect"
import { createHmac } from "node:crypto"

const DAY_MS = 86_400_000
const REMEMBERED_SENDERS = 50_000

/** How long before midnight the id of the day after comes along, ms: the longest silence within a session, and a clock that is ahead. */
const NEAR_MIDNIGHT_MS = 36 * 60_000

/** The visitor of an event, as far as we can tell. */
export interface Seen {
  readonly projectId: string
  /** As ClientAddress spells addresses; empty when unknown. */
  readonly ip: string
  readonly userAgent: string
  /** An id that a server with a secret key gave. */
  readonly given: string | undefined
  /** The time of the event, as {@link momentOf} sees it. */
  readonly moment: Moment
  /** Whether the event may lie before the salts: only a secret key reports such history. */
  readonly historic: boolean
}

/** What of an event's time decides about its visitor. */
export interface Moment {
  /** The UTC day, counted from 1970. */
  readonly day: number
  /** Whether the next day is so near that its first visit may hold the event. */
  readonly nearMidnight: boolean
}

/** The ids of a visitor, UInt64 as decimal digits, and the partition of their events, which changes neither by the day nor with their address. */
export interface Visitor {
  readonly ids: {
    readonly visitorId: string
    readonly previousVisitorId?: string
    readonly nextVisitorId?: string
  }
  readonly partition: number
}

/** Tells visitors apart on one day of receipt. */
export interface DayOfVisitors {
  readonly day: string
  readonly of: (seen: Seen) => Visitor
}

/** The day of an event's time, epoch milliseconds, and whether it is about to end. */
export const momentOf = (at: number): Moment => {
  const day = Math.floor(at / DAY_MS)
  return { day, nearMidnight: (day + 1) * DAY_MS - at < NEAR_MIDNIGHT_MS }
}

/** The first eight bytes of HMAC-SHA-256, as UInt64 in decimal digits. */
const keyedId = (key: Uint8Array, text: string): string => createHmac("sha256", key).update(text).digest().readBigUInt64BE().toString()

/** Remembers the ids of the latest senders; hashing each request anew would cost more than all its other checks. */
const remembering = (make: (seen: Seen) => Visitor): ((seen: Seen) => Visitor) => {
  const known = new BoundedMap<Visitor>(REMEMBERED_SENDERS)
  return (seen) => {
    const { moment } = seen
    const key = `${moment.day}${moment.nearMidnight ? "!" : "|"}${seen.historic ? "h" : ""}${seen.projectId}|${seen.ip}|${seen.userAgent}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(seen)
    known.set(key, made)
    return made
  }
}

/** The salts of three days, and what hashes everything else. */
interface HashKeys {
  readonly yesterday: Uint8Array
  readonly today: Uint8Array
  readonly tomorrow: Uint8Array
  /** The installation's own, which does not change. */
  readonly permanent: Uint8Array
}

const visitors = (todaysNumber: number, { yesterday, today, tomorrow, permanent }: HashKeys, partitions: number) => {
  const salts = [yesterday, today, tomorrow]
  const oldest = todaysNumber - 1

  const idOn = (day: number, { projectId, ip, userAgent }: Seen): string => {
    const salt = salts[day - oldest]
    if (salt !== undefined) return keyedId(salt, `${projectId}|${networkOf(ip)}|${userAgent}`)
    return keyedId(permanent, `day|${projectId}|${dayOf(day * DAY_MS)}|${networkOf(ip)}|${userAgent}`)
  }

  const cookieless = remembering((seen) => {
    const { moment, historic } = seen
    const day = Math.min(historic ? moment.day : Math.max(moment.day, oldest), todaysNumber + 1)
    const previous = historic || day > oldest ? { previousVisitorId: idOn(day - 1, seen) } : {}
    const next = day < todaysNumber || (day === todaysNumber && moment.nearMidnight) ? { nextVisitorId: idOn(day + 1, seen) } : {}
    const ids = { visitorId: idOn(day, seen), ...previous, ...next }
    return { ids, partition: partitionOf(seen.projectId, seen.userAgent, partitions) }
  })

  return (seen: Seen): Visitor => {
    const { projectId, given } = seen
    if (given === undefined) return cookieless(seen)
    return {
      ids: { visitorId: keyedId(permanent, `given|${projectId}|${given}`) },
      partition: partitionOf(projectId, `given|${given}`, partitions),
    }
  }
}

/** A secret key of this installation that never changes: the same visitors for ever, and nobody else can compute them. */
export class InstallationKey extends Context.Service<InstallationKey, { readonly bytes: Uint8Array }>()(
  "@footfall/ingest/domain/InstallationKey",
) {}

/**
 * Visitor ids. Without an id given by a server, a visitor is a keyed hash of project, network (an IPv4 address, an IPv6 /64) and browser under the random
 * salt of the UTC day on which the event happened, so that the id does not depend on when the event arrives. The ids of the days
 * before and after come along where a visit may reach into them, so that midnight splits nobody.
 *
 * A salt lives until the end of the day after its own. What a write key reports of earlier days is hashed as of yesterday; what a
 * secret key reports of them, and an id given by a server, are hashed with the key of this installation.
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
        const [yesterday, today, tomorrow] = yield* Effect.all([
          salts.of(dayOf((number - 1) * DAY_MS)),
          salts.of(dayOf(number * DAY_MS)),
          salts.of(dayOf((number + 1) * DAY_MS)),
        ])
        const of = visitors(number, { yesterday, today, tomorrow, permanent }, partitions)
        current = { number, day: Effect.succeed({ day: dayOf(number * DAY_MS), of }) }
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
