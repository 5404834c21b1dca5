import { configuredLease, PartitionLog, type Lease } from "@footfall/event-log/PartitionLog"
import { Cause, Context, Deferred, Effect, Fiber, Layer, Option } from "effect"
import { Failures } from "./Failures.ts"
import { partitions } from "./partition.ts"
import { tenure, type Tenure } from "./tenure.ts"

interface Owned {
  readonly own: Tenure
  readonly fiber: Fiber.Fiber<void>
}

/** This worker among the others: which partitions it owns at the moment. */
export class Owner extends Context.Service<
  Owner,
  {
    /** Partitions owned now. */
    readonly owned: () => ReadonlyArray<number>
    /** Whether the log answered our last heartbeat, recently. */
    readonly alive: () => boolean
    /** Partitions that fail whenever they are begun, and why. */
    readonly failing: () => Failures["failing"]
  }
>()("@footfall/enrichment-worker/pipeline/Owner") {}

const make = Effect.gen(function* () {
  const log = yield* PartitionLog
  const leaseMs = yield* configuredLease
  const run = yield* partitions
  const held = new Map<number, Owned>()
  const failures = new Failures()
  let lastBeat = -Infinity

  const work = (own: Tenure) =>
    run(own, () => failures.clear(own.lease.partition)).pipe(
      Effect.catchTag("LeaseLost", () => Effect.logInfo("partition was taken over", { partition: own.lease.partition })),
      Effect.catchTag("GaveUp", () =>
        Effect.logInfo("left while ClickHouse was away; the batch stays on the log", { partition: own.lease.partition }),
      ),
      Effect.catchTag("LogUnavailable", ({ cause }) =>
        Effect.logWarning("partition starts over when the log answers again", { partition: own.lease.partition }, String(cause)),
      ),
      Effect.catchCause((cause) => {
        if (Cause.hasInterruptsOnly(cause)) return Effect.void
        failures.add(own.lease.partition, String(Cause.squash(cause)).slice(0, 200))
        return Effect.logError("partition starts over", { partition: own.lease.partition }, cause)
      }),
      Effect.andThen(Effect.ignore(log.release(own.lease))),
      Effect.ensuring(Effect.sync(() => held.delete(own.lease.partition))),
    )

  const begin = Effect.fnUntraced(function* (lease: Lease, askedAt: number) {
    const own = tenure(lease, log.renew(lease), askedAt, leaseMs)
    // Set before the fiber runs, so that its end can never come before its entry.
    const started = Deferred.makeUnsafe<void>()
    const fiber = yield* Effect.forkDetach(Effect.andThen(Deferred.await(started), work(own)))
    held.set(lease.partition, { own, fiber })
    Deferred.doneUnsafe(started, Effect.void)
    yield* Effect.logInfo("partition taken", { partition: lease.partition, holder: lease.holder })
  })

  const take = Effect.fnUntraced(function* (partition: number) {
    const askedAt = performance.now()
    const lease = yield* log.acquire(partition)
    if (Option.isSome(lease)) yield* begin(lease.value, askedAt)
  })

  const renew = ({ own, fiber }: Owned) =>
    own.renew.pipe(Effect.catchTag("LeaseLost", () => Effect.asVoid(Effect.forkDetach(Fiber.interrupt(fiber)))))

  const beat = Effect.gen(function* () {
    const share = yield* log.heartbeat
    lastBeat = performance.now()
    for (const [partition, { own }] of held) if (!share.includes(partition)) Deferred.doneUnsafe(own.leaving, Effect.void)
    yield* Effect.forEach([...held.values()], renew, { discard: true })
    for (const partition of share) {
      if (held.has(partition) || !failures.hasRested(partition)) continue
      yield* Effect.uninterruptible(take(partition))
    }
  }).pipe(Effect.catchTag("LogUnavailable", ({ cause }) => Effect.logWarning("the log does not answer", String(cause))))

  // Often enough that a missed beat or two loses nothing, and that a partition given up by another worker is taken soon.
  const beats = yield* Effect.forkDetach(Effect.forever(Effect.andThen(beat, Effect.sleep(leaseMs / 8))))

  yield* Effect.addFinalizer(() =>
    Effect.gen(function* () {
      yield* Fiber.interrupt(beats)
      const last = [...held.values()]
      for (const { own } of last) Deferred.doneUnsafe(own.leaving, Effect.void)
      // Finishing a batch may take longer than a lease.
      const renewing = yield* Effect.forkDetach(
        Effect.forever(
          Effect.andThen(
            Effect.forEach(last, (one) => Effect.ignore(renew(one))),
            Effect.sleep(leaseMs / 4),
          ),
        ),
      )
      yield* Fiber.awaitAll(last.map(({ fiber }) => fiber))
      yield* Fiber.interrupt(renewing)
      yield* Effect.ignore(log.leave)
      yield* Effect.logInfo("left the log in order")
    }),
  )

  return Owner.of({
    owned: () => [...held.keys()].sort((a, b) => a - b),
    alive: () => performance.now() - lastBeat < leaseMs,
    failing: () => failures.failing,
  })
})

/**
 * Joins the live workers and owns our share of the partitions until the scope closes; then every partition finishes its batch and is
 * given up. Partitions run concurrently, each one batch at a time.
 */
export const layer = Layer.effect(Owner, make)
