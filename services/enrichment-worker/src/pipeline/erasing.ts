import { Salts } from "@footfall/control-plane/Salts"
import { Erasure } from "@footfall/event-log/Erasure"
import { Effect, Layer } from "effect"

/** How often a worker asks; the log itself sees to it that workers together rewrite its files once an hour at most. */
const EVERY = "10 minutes"

const make = Effect.gen(function* () {
  const { erase } = yield* Erasure
  const { forget } = yield* Salts
  let told = false

  // Old salts first, or they would be written to the new files.
  const attempt = Effect.matchEffect(Effect.andThen(forget, erase), {
    onSuccess: (erased) => {
      if (!erased) return Effect.void
      told = false
      return Effect.logInfo("erased committed entries and old salts from the log's files")
    },
    onFailure: (failure) => {
      // Whether the log answers is said by others, and often enough.
      if (failure._tag !== "NotErased" || told) return Effect.void
      told = true
      return Effect.logWarning(
        "Redis does not rewrite its append-only file for us, so addresses and old salts stay in it until it does so by itself. Allow BGREWRITEAOF and INFO, or see to it that the file is rewritten within 48 hours",
        failure.reason,
      )
    },
  })

  yield* Effect.forkScoped(Effect.forever(Effect.andThen(attempt, Effect.sleep(EVERY))))
})

/** As long as the scope lasts, keeps addresses and salts that are no longer needed from staying in Redis' files. A refusal is logged once. */
export const layer: Layer.Layer<never, never, Erasure | Salts> = Layer.effectDiscard(make)
