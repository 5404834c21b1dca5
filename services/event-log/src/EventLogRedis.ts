import { Redis } from "@footfall/platform/Redis"
import { type Config, Effect, Layer } from "effect"
import { packBatch } from "./codec.ts"
import { EventLog, LogUnavailable } from "./EventLog.ts"
import { configuredKeys, ENTRY_FIELD } from "./keys.ts"

/** How long an acknowledgement may take, ms. Callers promise their own callers an answer within two seconds. */
const PATIENCE_MS = 1_500

const unavailable = (cause: unknown) => new LogUnavailable({ cause })

/** The event log on Redis Streams: one stream a partition, one entry of packed bytes a batch. */
export const layer: Layer.Layer<EventLog, Config.ConfigError, Redis> = Layer.effect(
  EventLog,
  Effect.gen(function* () {
    const { client } = yield* Redis
    const keys = yield* configuredKeys

    /**
     * A Redis that keeps silent gets its connection cut: the commands it was sent fail now, and until it answers again new
     * ones fail at once instead of piling up in memory. The client connects again by itself.
     */
    const patiently = <A>(ask: () => Promise<A>) =>
      Effect.tryPromise({ try: ask, catch: unavailable }).pipe(
        Effect.timeoutOrElse({
          duration: PATIENCE_MS,
          orElse: () =>
            Effect.suspend(() => {
              if (client.status === "ready") client.disconnect(true)
              return Effect.fail(unavailable(new Error(`Redis did not answer within ${PATIENCE_MS} ms`)))
            }),
        }),
      )

    return EventLog.of({
      append: (entries) =>
        patiently(async () => {
          const packed = await Promise.all(entries.map(async ({ partition, batch }) => [keys.events(partition), await packBatch(batch)] as const))
          const pipeline = client.pipeline()
          for (const [key, bytes] of packed) pipeline.xadd(key, "*", ENTRY_FIELD, bytes)
          for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error
        }),
      ready: Effect.asVoid(patiently(() => client.ping())),
    })
  }),
)
