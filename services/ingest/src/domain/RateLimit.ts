import { Config, Context, Effect, Layer } from "effect"

/** A sender may save up this many seconds of his allowance. */
const BURST_SECONDS = 10
/** Senders remembered at once; the one that has been quiet for longest is forgotten first, and starts anew. */
const REMEMBERED = 50_000

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets, one a sender, in bounded memory. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>()
  private readonly perMillisecond: number
  private readonly burst: number
  private readonly remembered: number

  constructor(perSecond: number, remembered = REMEMBERED) {
    this.perMillisecond = perSecond / 1000
    this.burst = perSecond * BURST_SECONDS
    this.remembered = remembered
  }

  /** Takes `count` tokens and gives 0, or takes none and gives the milliseconds until there are enough. A count above the burst costs the burst. */
  take(sender: string, count: number, now: number): number {
    const bucket = this.buckets.get(sender) ?? { tokens: this.burst, at: now }
    this.buckets.delete(sender)
    this.buckets.set(sender, bucket)
    if (this.buckets.size > this.remembered) this.buckets.delete(this.buckets.keys().next().value ?? "")
    bucket.tokens = Math.min(this.burst, bucket.tokens + Math.max(0, now - bucket.at) * this.perMillisecond)
    bucket.at = now
    const cost = Math.min(count, this.burst)
    if (bucket.tokens < cost) return Math.ceil((cost - bucket.tokens) / this.perMillisecond)
    bucket.tokens -= cost
    return 0
  }
}

/**
 * How many events a network may send to a project with its write key: `RATE_LIMIT` a second (100 unless set, 0 = any
 * number), ten times that at once.
 */
export class RateLimit extends Context.Service<
  RateLimit,
  {
    /** 0 when the events may come in, else the milliseconds to wait. */
    readonly take: (projectId: string, network: string, events: number, now: number) => number
  }
>()("@footfall/ingest/domain/RateLimit") {
  static readonly layer: Layer.Layer<RateLimit, Config.ConfigError> = Layer.effect(
    RateLimit,
    Effect.gen(function* () {
      const perSecond = yield* Config.Finite("RATE_LIMIT").pipe(Config.withDefault(100))
      if (perSecond <= 0) return RateLimit.of({ take: () => 0 })
      const buckets = new TokenBuckets(perSecond)
      return RateLimit.of({ take: (projectId, network, events, now) => buckets.take(`${projectId}|${network}`, events, now) })
    }),
  )
}
