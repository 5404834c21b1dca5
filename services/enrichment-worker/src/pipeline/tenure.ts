import type { LogUnavailable } from "@footfall/event-log/EventLog"
import type { Lease, LeaseLost } from "@footfall/event-log/PartitionLog"
import { Deferred, Effect } from "effect"

/** Owning one partition for a while: from taking the lease to giving it up or losing it. */
export interface Tenure {
  readonly lease: Lease
  /** Completes when the owner shall finish its batch and go. */
  readonly leaving: Deferred.Deferred<void>
  /** Makes the lease last again. */
  readonly renew: Effect.Effect<void, LeaseLost | LogUnavailable>
  /** Whether the lease still lasts, by our own clock. */
  readonly lasts: () => boolean
}

/** Begins a tenure whose lease was asked for at `askedAt` (`performance.now()`) and lives for `leaseMs`. */
export const tenure = (
  lease: Lease,
  renewal: Effect.Effect<void, LeaseLost | LogUnavailable>,
  askedAt: number,
  leaseMs: number,
): Tenure => {
  let from = askedAt
  const renew = Effect.suspend(() => {
    const asked = performance.now()
    return Effect.andThen(
      renewal,
      Effect.sync(() => void (from = asked)),
    )
  })
  return { lease, leaving: Deferred.makeUnsafe(), renew, lasts: () => performance.now() < from + leaseMs }
}

/** Whether the owner was asked to go. */
export const isLeaving = (own: Tenure): boolean => Deferred.isDoneUnsafe(own.leaving)

/** Sleeps, or returns early when the owner is asked to go. */
export const pause = (own: Tenure, ms: number): Effect.Effect<void> => Effect.raceFirst(Effect.sleep(ms), Deferred.await(own.leaving))

/**
 * Asks the log when by our own clock the lease has run out. The log refuses what a former owner reads and commits; this keeps one
 * that slept from inserting as well, long after ClickHouse has forgotten the token.
 */
export const stillOurs = (own: Tenure): Effect.Effect<void, LeaseLost | LogUnavailable> =>
  Effect.suspend(() => (own.lasts() ? Effect.void : own.renew))
