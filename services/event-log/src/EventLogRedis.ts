import { Redis } from "@footfall/platform/Redis"
import { type Config, Effect, Layer } from "effect"
import { pack } from "./codec.ts"
import { type Entry, EventLog, LogUnavailable } from "./EventLog.ts"
import { configuredKeys, ENTRY_FIELD } from "./keys.ts"

/** How long an acknowledgement may take, ms. Callers promise their own callers an answer within two seconds. */
export const PATIENCE_MS = 1_500

const unavailable = (cause: unknown) => new LogUnavailable({ cause })

/** The event log on Redis Streams: one stream a partition, one entry of packed bytes a batch. */
export const layer: Layer.Layer<EventLog, Config.ConfigError, Redis> = Layer.effect(
  EventLog,
  Effect.gen(function* () {
    const { client } = yield* Redis
    const keys = yield* configuredKeys

    /**
     * A Redis that keeps silent gets its connection cut: the commands it was sent fail now, and until it answers again new
     * ones fail at once instead of piling up in memory. The client connects again by itself. (A timer of our own: Effect's
     * timeout is two fibers, and there are thousands of appends a second.) If it was this process that stood still, the answer
     * may be here already and only has to be read, which happens before an immediate.
     */
    const patiently = (ask: () => Promise<unknown>) =>
      Effect.callback<void, LogUnavailable>((resume) => {
        let last: NodeJS.Immediate | undefined
        const giveUp = () => {
          if (client.status === "ready") client.disconnect(true)
          resume(Effect.fail(unavailable(new Error(`Redis did not answer within ${PATIENCE_MS} ms`))))
        }
        const timer = setTimeout(() => (last = setImmediate(giveUp)), PATIENCE_MS)
        const answered = (effect: Effect.Effect<void, LogUnavailable>) => {
          clearTimeout(timer)
          clearImmediate(last)
          resume(effect)
        }
        ask().then(
          () => answered(Effect.void),
          (cause: unknown) => answered(Effect.fail(unavailable(cause))),
        )
      })

    const add = async ({ partition, groups }: Entry) => client.xadd(keys.events(partition), "*", ENTRY_FIELD, await pack(groups))

    return EventLog.of({
      append: (entries) => patiently(() => Promise.all(entries.map(add))),
      ready: patiently(() => client.ping()),
    })
  }),
)
