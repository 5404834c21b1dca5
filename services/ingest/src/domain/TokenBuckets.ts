/** Senders remembered at once; the one that has been quiet for longest is forgotten first, and starts anew. */
const REMEMBERED = 50_000

/** What a sender may have. */
export interface Allowance {
  readonly perSecond: number
  /** So many seconds of it may be saved up. */
  readonly burstSeconds: number
  /** Instead of {@link REMEMBERED}. */
  readonly remembered?: number
}

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

  constructor({ perSecond, burstSeconds, remembered = REMEMBERED }: Allowance) {
    this.perMillisecond = perSecond / 1000
    this.burst = perSecond * burstSeconds
    this.remembered = remembered
  }

  /** Takes `count` tokens and gives 0, or takes none and gives the milliseconds until there are enough. A count above the burst costs the burst. */
  take(sender: string, count: number, now: number): number {
    const bucket = this.bucketOf(sender, now)
    const cost = Math.min(count, this.burst)
    if (bucket.tokens < cost) return Math.ceil((cost - bucket.tokens) / this.perMillisecond)
    bucket.tokens -= cost
    return 0
  }

  /** Takes `count` tokens whether they are there or not, up to a debt of a whole burst. */
  charge(sender: string, count: number, now: number): void {
    const bucket = this.bucketOf(sender, now)
    bucket.tokens = Math.max(-this.burst, bucket.tokens - count)
  }

  /** Gives back what was taken and not used. */
  giveBack(sender: string, count: number, now: number): void {
    const bucket = this.bucketOf(sender, now)
    bucket.tokens = Math.min(this.burst, bucket.tokens + count)
  }

  private bucketOf(sender: string, now: number): Bucket {
    const bucket = this.buckets.get(sender) ?? { tokens: this.burst, at: now }
    this.buckets.delete(sender)
    this.buckets.set(sender, bucket)
    if (this.buckets.size > this.remembered) this.buckets.delete(this.buckets.keys().next().value ?? "")
    bucket.tokens = Math.min(this.burst, bucket.tokens + Math.max(0, now - bucket.at) * this.perMillisecond)
    bucket.at = now
    return bucket
  }
}
