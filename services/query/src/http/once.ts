import { Effect } from "effect"

/** What `make` makes when it is first asked. Callers who ask meanwhile wait for the same value, also when the first caller goes away. */
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
