import { Deferred, Effect, Schema } from "effect"

/** There are enough in line already; trying again in a moment is worth it. */
export class TooBusy extends Schema.TaggedError<TooBusy>()("TooBusy", {}) {}

/**
 * Lets one piece of work run at a time. Who has to wait stands in the line of their kind, which has as many places as `places` says; who
 * finds it full fails at once. The lines take turns, so a crowd in one of them holds up the others by one piece of work at most. Who
 * waits can leave; what has begun runs to its end even when nobody waits for it any more, so that going away makes no room for more.
 */
export const makeTurns = <Kind extends string>(places: Readonly<Record<Kind, number>>) => {
  const kinds = Object.keys(places) as ReadonlyArray<string> as ReadonlyArray<Kind>
  const lines = new Map(kinds.map((kind) => [kind, new Set<Deferred.Deferred<void>>()]))
  const lineOf = (kind: Kind) => lines.get(kind) ?? new Set()
  let busy = false
  let served = 0

  /** Gives the turn to the first of the next line in which somebody waits. */
  const pass = () => {
    for (let step = 1; step <= kinds.length; step++) {
      const at = (served + step) % kinds.length
      const line = lineOf(kinds[at] as Kind)
      const [first] = line
      if (first === undefined) continue
      line.delete(first)
      served = at
      return void Deferred.doneUnsafe(first, Effect.void)
    }
    busy = false
  }

  return <A, E, R>(kind: Kind, work: Effect.Effect<A, E, R>): Effect.Effect<A, E | TooBusy, R> =>
    Effect.uninterruptibleMask((restore) =>
      Effect.suspend((): Effect.Effect<A, E | TooBusy, R> => {
        const run = Effect.ensuring(work, Effect.sync(pass))
        if (!busy) {
          busy = true
          served = kinds.indexOf(kind)
          return run
        }
        const line = lineOf(kind)
        if (line.size >= places[kind]) return Effect.fail(new TooBusy())
        const mine = Deferred.makeUnsafe<void>()
        line.add(mine)
        // Who leaves with the turn in hand passes it on.
        const leave = Effect.sync(() => {
          if (!line.delete(mine)) pass()
        })
        return Effect.andThen(
          Effect.onInterrupt(restore(Deferred.await(mine)), () => leave),
          run,
        )
      }),
    )
}
