import { Clock, Context, Effect, Layer, Schema } from "effect"
import { Attempts } from "./Attempts.ts"

/** Too many failed sign-ins or set-up codes; the next one is heard in `seconds`. */
export class TooManyAttempts extends Schema.TaggedError<TooManyAttempts>()("TooManyAttempts", { seconds: Schema.Int }) {}

/** Of one e-mail from one network. */
const PER_PAIR = 5
/** Of one network, whatever e-mails it tries, narrow to wide: an IPv4 address or a /64, the /56 and the /48 around it. */
const PER_NETWORK = [20, 40, 80]
/** Of one e-mail, wherever they come from: slows down a botnet. Networks from which its owner signed in before do not mind it. */
const PER_EMAIL = 100

/**
 * What is known of somebody who tries: `known`, their network signed in to this account before; `quiet`, their networks have few
 * failures; `noisy`, they have many. Who is turned away for want of room, and who is not, goes by this.
 */
export type Standing = "known" | "quiet" | "noisy"

/** How a failure counts: `failed` against all names; `turnedAway`, before it was heard, against its networks; `unheard` not at all. */
export type Verdict = "failed" | "turnedAway" | "unheard"

/** Who tries to sign in. */
export interface Candidate<E, R> {
  readonly email: string
  /** Narrow to wide; at least one. */
  readonly networks: readonly [string, ...ReadonlyArray<string>]
  /** Whether this e-mail's owner signed in from the first of `networks` before; asked only when nothing else refuses. */
  readonly isKnown: Effect.Effect<boolean, E, R>
}

type Counted = ReadonlyArray<readonly [Attempts, string]>

const waitFor = (counted: Counted, now: number) => Math.max(0, ...counted.map(([attempts, name]) => attempts.wait(name, now)))

const refuseFor = (wait: number) => (wait > 0 ? Effect.fail(new TooManyAttempts({ seconds: Math.ceil(wait / 1000) })) : Effect.void)

/**
 * Slows down guessing: within 5 minutes 5 failed sign-ins of an e-mail from one network, 20 from one network (40 from an IPv6 /56, 80
 * from a /48), 100 of one e-mail. Neither strangers elsewhere nor neighbours in a /56 or /48 can keep the owner of an e-mail out of a
 * network from which they signed in before. Kept in memory, bounded, per process.
 */
export class SignInLimits extends Context.Service<
  SignInLimits,
  {
    /**
     * Runs a sign-in unless there were too many failures. An attempt counts from its start, so that parallel guesses do not slip
     * through, and goes on counting when its client hangs up; success takes it back and forgets the failures of the e-mail from this
     * network.
     */
    guarded<A, E, R, E2, R2>(
      candidate: Candidate<E2, R2>,
      signIn: (standing: Standing) => Effect.Effect<A, E, R>,
      verdictOn: (error: E) => Verdict,
    ): Effect.Effect<A, E | E2 | TooManyAttempts, R | R2>
    /** The same for what is tried without an e-mail: only the networks count. */
    guardedByNetwork<A, E, R>(
      networks: ReadonlyArray<string>,
      effect: Effect.Effect<A, E, R>,
      verdictOn: (error: E) => Verdict,
    ): Effect.Effect<A, E | TooManyAttempts, R>
  }
>()("@footfall/access/SignInLimits") {
  static readonly layer = Layer.sync(SignInLimits, () => {
    const pairs = new Attempts(PER_PAIR)
    const levels = PER_NETWORK.map((limit) => new Attempts(limit))
    const emails = new Attempts(PER_EMAIL)

    const countedNetworks = (networks: ReadonlyArray<string>): Counted =>
      levels.flatMap((attempts, level) => (networks[level] === undefined ? [] : [[attempts, networks[level]] as const]))

    /** Counts `effect` under all of these names until the verdict says otherwise. */
    const counting = <A, E, R>(
      names: { readonly networks: Counted; readonly others: Counted },
      now: number,
      effect: Effect.Effect<A, E, R>,
      verdictOn: (error: E) => Verdict,
    ) => {
      const takeBack = (counted: Counted) =>
        Effect.sync(() => {
          for (const [attempts, name] of counted) attempts.takeBack(name, now)
        })
      const all = [...names.networks, ...names.others]
      for (const [attempts, name] of all) attempts.add(name, now)
      const judged = Effect.tapError(effect, (error) => {
        const verdict = verdictOn(error)
        return verdict === "failed" ? Effect.void : takeBack(verdict === "turnedAway" ? names.others : all)
      })
      return Effect.tap(judged, () => takeBack(all))
    }

    return SignInLimits.of({
      guarded: ({ email, networks, isKnown }, signIn, verdictOn) =>
        Effect.gen(function* () {
          const pair = `${networks[0]} ${email}`
          const countedPair = [pairs, pair] as const
          const [narrow, ...wide] = countedNetworks(networks)
          const own = narrow === undefined ? [countedPair] : [countedPair, narrow]
          const others = [...wide, [emails, email] as const]
          yield* refuseFor(waitFor(own, yield* Clock.currentTimeMillis))
          const known = yield* isKnown
          // From here to the counting nothing waits, so that of many at once none slips through.
          const now = yield* Clock.currentTimeMillis
          yield* refuseFor(waitFor(known ? own : [...own, ...others], now))
          const quiet = countedNetworks(networks).every(([attempts, name]) => attempts.isQuiet(name, now))
          const counted = { networks: countedNetworks(networks), others: [countedPair, [emails, email] as const] }
          const result = yield* counting(counted, now, signIn(known ? "known" : quiet ? "quiet" : "noisy"), verdictOn)
          pairs.forget(pair)
          return result
        }),
      guardedByNetwork: (networks, effect, verdictOn) =>
        Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          const counted = countedNetworks(networks)
          yield* refuseFor(waitFor(counted, now))
          return yield* counting({ networks: counted, others: [] }, now, effect, verdictOn)
        }),
    })
  })
}
