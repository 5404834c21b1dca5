import { Clock, Context, Effect, Layer } from "effect"
import { TokenBuckets } from "./TokenBuckets.ts"

/**
 * Bytes a second that a network may have looked through for a key in vain. The /56 and the /48 around the /64 of an IPv6 address
 * may have four times as much each.
 */
const NETWORK_BYTES = 256 * 1024
const WIDER = 4
/** The same for all of them together, about 1 % of the time of this process. */
const TOTAL_BYTES = 2 * 1024 * 1024
/** A network may come at once with what it may have in so many seconds; all together may not, or the first second would be theirs. */
const NETWORK_BURST_SECONDS = 10
const TOTAL_BURST_SECONDS = 1
/** What a request without a valid key costs when nothing of its body was looked through. */
const REFUSAL_BYTES = 32 * 1024
/** Networks remembered at once, of each width. */
const REMEMBERED = 10_000
/** Refusals that are held back at once; beyond that they are told at once, for each holds a connection. */
const MAX_HELD = 1_000

const networkBuckets = (perSecond: number) => new TokenBuckets({ perSecond, burstSeconds: NETWORK_BURST_SECONDS, remembered: REMEMBERED })

/** How long the refusal of a network that is over its budget is held back, ms: who waits for it asks no faster than that. */
export const HoldMs = Context.Reference("@footfall/ingest/domain/Strangers/HoldMs", { defaultValue: () => 1_000 })

/**
 * What those may cost who show no valid key. It is asked only when a request is about to be refused, or hides its key behind
 * much else: a sender that shows a valid key early is not affected, whatever others in the same network do. Networks are
 * given as `networksOf` names them, the narrowest first.
 */
export class Strangers extends Context.Service<
  Strangers,
  {
    /** 0 when so many more bytes may be looked through for a key, else the milliseconds to wait; then nothing is taken. */
    readonly look: (networks: ReadonlyArray<string>, bytes: number, now: number) => number
    /** Gives back what {@link look} took, for the key turned out to be valid. */
    readonly found: (networks: ReadonlyArray<string>, bytes: number, now: number) => void
    /**
     * Counts a refusal. Gives 0 when it may be told, else the milliseconds that the network has to wait. A refusal that is over
     * the budget, of its network or of all, comes late.
     */
    readonly refuse: (networks: ReadonlyArray<string>) => Effect.Effect<number>
  }
>()("@footfall/ingest/domain/Strangers") {
  static readonly layer: Layer.Layer<Strangers> = Layer.effect(
    Strangers,
    Effect.gen(function* () {
      const holdMs = yield* HoldMs
      const widths = [1, WIDER, WIDER ** 2].map((times) => networkBuckets(NETWORK_BYTES * times))
      const total = new TokenBuckets({ perSecond: TOTAL_BYTES, burstSeconds: TOTAL_BURST_SECONDS })
      let held = 0

      const give = (networks: ReadonlyArray<string>, bytes: number, now: number) => {
        for (const [width, network] of networks.entries()) widths[width]?.giveBack(network, bytes, now)
      }

      const takeOfNetworks = (networks: ReadonlyArray<string>, bytes: number, now: number): number => {
        for (const [width, network] of networks.entries()) {
          const waitMs = widths[width]?.take(network, bytes, now) ?? 0
          if (waitMs === 0) continue
          give(networks.slice(0, width), bytes, now)
          return waitMs
        }
        return 0
      }

      const hold = Effect.suspend(() => {
        if (held >= MAX_HELD) return Effect.void
        held++
        return Effect.ensuring(
          Effect.sleep(holdMs),
          Effect.sync(() => held--),
        )
      })

      return Strangers.of({
        look: (networks, bytes, now) => {
          const waitMs = takeOfNetworks(networks, bytes, now)
          if (waitMs > 0) return waitMs
          const totalMs = total.take("", bytes, now)
          if (totalMs > 0) give(networks, bytes, now)
          return totalMs
        },
        found: (networks, bytes, now) => {
          give(networks, bytes, now)
          total.giveBack("", bytes, now)
        },
        refuse: (networks) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) => {
            const waitMs = takeOfNetworks(networks, REFUSAL_BYTES, now)
            const late = waitMs > 0 || total.take("", REFUSAL_BYTES, now) > 0
            return late ? Effect.as(hold, waitMs) : Effect.succeed(0)
          }),
      })
    }),
  )
}
