import { Effect, Schema, Semaphore } from "effect"

/** There are enough in line already; trying again in a moment is worth it. */
export class TooBusy extends Schema.TaggedError<TooBusy>()("TooBusy", {}) {}

/**
 * Lets one piece of work run at a time and at most `waiting` others wait for their turn; whoever comes then fails at once. Who waits
 * can leave; what has begun runs to its end even when nobody waits for it any more, so that going away makes no room for more.
 */
export const makeTurns = (waiting: number) => {
  const turn = Semaphore.makeUnsafe(1)
  let present = 0
  const enter = Effect.suspend(() => {
    if (present > waiting) return Effect.fail(new TooBusy())
    present++
    return Effect.void
  })
  const leave = Effect.sync(() => {
    present--
  })
  return <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E | TooBusy, R> =>
    Effect.acquireUseRelease(
      enter,
      () => turn.withPermits(1)(Effect.uninterruptible(work)),
      () => leave,
    )
}
