import { Clock, Effect, Layer, Schedule } from "effect"
import { dayOf, Salts } from "./Salts.ts"

const DAY_MS = 86_400_000

/**
 * `Salts` that remembers: yesterday's, today's and tomorrow's salts are fetched ahead each minute, so that midnight and a
 * Redis that is down stop nobody, and a Redis that comes back empty gets them again, so that nobody becomes another visitor.
 * Older salts are forgotten here as well.
 */
export const layer: Layer.Layer<Salts, never, Salts> = Layer.effect(
  Salts,
  Effect.gen(function* () {
    const store = yield* Salts
    const salts = new Map<string, Uint8Array>()

    const fetch = (day: string) => Effect.tap(store.of(day, salts.get(day)), (salt) => Effect.sync(() => salts.set(day, salt)))

    const refresh = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const days = [now - DAY_MS, now, now + DAY_MS].map(dayOf)
      for (const day of salts.keys()) if (!days.includes(day)) salts.delete(day)
      yield* store.forget
      for (const day of days) yield* fetch(day)
    })
    // Defects too: midnight may fall between our reading of the clock and the store's, and the next round has to come all the same.
    yield* refresh.pipe(
      Effect.catchCause((cause) => Effect.logWarning("salts could not be fetched ahead", cause)),
      Effect.repeat(Schedule.spaced("1 minute")),
      Effect.forkScoped,
    )

    return Salts.of({
      ...store,
      of: Effect.fnUntraced(function* (day) {
        return salts.get(day) ?? (yield* fetch(day))
      }),
    })
  }),
)
