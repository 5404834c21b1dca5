import { Cause, Deferred, Effect, Exit, Semaphore } from "effect"

/** Items that wait for the next run, and whether that did them; a run for several callers that failed has done nobody's. */
interface Waiting<A, E> {
  readonly items: ReadonlyArray<A>
  readonly done: Deferred.Deferred<boolean, E>
}

/**
 * Lets callers share the runs of `run`: one goes at a time, and what comes meanwhile goes together in the next one. When a run for
 * several callers fails, each of them runs alone, so that nobody's items hold up another caller. `run` must bear to be repeated.
 */
export const together = <A, E, R>(run: (items: ReadonlyArray<A>) => Effect.Effect<void, E, R>) => {
  const turn = Semaphore.makeUnsafe(1)
  let waiting: ReadonlyArray<Waiting<A, E>> = []

  /** Runs for everybody who waits; for nobody when an earlier run took all along. */
  const runWaiting = Effect.suspend(() => {
    const group = waiting
    waiting = []
    if (group.length === 0) return Effect.void
    return Effect.onExit(run(group.flatMap(({ items }) => items)), (exit) =>
      Effect.sync(() => {
        // The caller that runs it may go away; that is no failure of those for whom it ran.
        const isOwn = group.length === 1 && !(Exit.isFailure(exit) && Cause.hasInterrupts(exit.cause))
        const outcome = isOwn ? Exit.map(exit, () => true) : Exit.succeed(Exit.isSuccess(exit))
        for (const { done } of group) Deferred.doneUnsafe(done, outcome)
      }),
    )
  })

  return (items: ReadonlyArray<A>): Effect.Effect<void, E, R> =>
    Effect.suspend(() => {
      const mine: Waiting<A, E> = { items, done: Deferred.makeUnsafe<boolean, E>() }
      waiting = [...waiting, mine]
      return turn.withPermit(Effect.ignoreCause(runWaiting)).pipe(
        Effect.onInterrupt(() => Effect.sync(() => (waiting = waiting.filter((one) => one !== mine)))),
        Effect.andThen(Deferred.await(mine.done)),
        Effect.flatMap((isDone) => (isDone ? Effect.void : turn.withPermit(run(items)))),
      )
    })
}
