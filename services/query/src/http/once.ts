import { Effect } from "effect"

/** What `make` made when it was first asked; whoever asks meanwhile waits for the same, also when the first one went away. */
export const once = <A>(make: () => Promise<A>): Effect.Effect<A> => {
  let made: Promise<A> | undefined
  return Effect.promise(() => {
    made ??= make().catch((cause: unknown) => {
      made = undefined
      throw cause
    })
    return made
  })
}
