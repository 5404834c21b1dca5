import { Config, ConfigProvider, Context, Effect, Layer } from "effect"
import { TokenBuckets } from "./TokenBuckets.ts"

/** A network may save up this many seconds of its allowance. */
const BURST_SECONDS = 10
/** So many bytes that were parsed and are no batch count as one event. */
const WASTED_BYTES_AN_EVENT = 2_048

const perSecondConfigured = Config.Finite("RATE_LIMIT").pipe(
  Config.withDefault(100),
  Config.mapEffect((perSecond) => {
    if (perSecond >= 0) return Effect.succeed(perSecond)
    const message = "RATE_LIMIT must be the events that a network may send to a project in a second, or 0 for any number"
    return Effect.fail(new Config.ConfigError(new ConfigProvider.SourceError({ message })))
  }),
)

/**
 * How many events a network may send to a project with its write key: `RATE_LIMIT` a second (100 unless set, 0 = any
 * number), ten times that at once.
 */
export class RateLimit extends Context.Service<
  RateLimit,
  {
    /** 0 when the events may come in, else the milliseconds to wait. With no events it tells whether the network has a debt. */
    readonly take: (projectId: string, network: string, events: number, now: number) => number
    /** Charges a body of so many bytes that cost the work of a batch and was none; the network may come into debt by it. */
    readonly waste: (projectId: string, network: string, bytes: number, now: number) => void
  }
>()("@footfall/ingest/domain/RateLimit") {
  static readonly layer: Layer.Layer<RateLimit, Config.ConfigError> = Layer.effect(
    RateLimit,
    Effect.gen(function* () {
      const perSecond = yield* perSecondConfigured
      if (perSecond === 0) return RateLimit.of({ take: () => 0, waste: () => undefined })
      const buckets = new TokenBuckets({ perSecond, burstSeconds: BURST_SECONDS })
      return RateLimit.of({
        take: (projectId, network, events, now) => buckets.take(`${projectId}|${network}`, events, now),
        waste: (projectId, network, bytes, now) => buckets.charge(`${projectId}|${network}`, Math.ceil(bytes / WASTED_BYTES_AN_EVENT), now),
      })
    }),
  )
}
