import { Clock, Context, Effect, Layer, Schema } from "effect"

/** Too many failed sign-ins; the next one is heard in `seconds`. */
export class TooManyAttempts extends Schema.TaggedError<TooManyAttempts>()("TooManyAttempts", { seconds: Schema.Int }) {}

const WINDOW_MS = 5 * 60_000
/** Of one e-mail from one network. */
const PER_PAIR = 5
/** Of one network, whatever e-mails it tries. */
const PER_NETWORK = 20
/** Of one e-mail, wherever they come from: slows down a botnet, and twenty networks have to join to keep an owner out. */
const PER_EMAIL = 100
/** Names remembered of each kind; the one that failed longest ago makes room. */
const SIZE = 20_000

/** The times of recent attempts under one name, oldest first. */
class Attempts {
  readonly #limit: number
  readonly #times = new Map<string, ReadonlyArray<number>>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** How long to wait, ms; 0 when another attempt is fine. */
  wait(name: string, now: number): number {
    const recent = this.#recent(name, now)
    return recent.length < this.#limit ? 0 : (recent[recent.length - this.#limit] ?? now) + WINDOW_MS - now
  }

  add(name: string, now: number): void {
    const times = [...this.#recent(name, now), now]
    this.#times.delete(name)
    this.#times.set(name, times)
    if (this.#times.size > SIZE) this.#times.delete(this.#times.keys().next().value as string)
  }

  takeBack(name: string, at: number): void {
    const times = this.#times.get(name) ?? []
    const index = times.indexOf(at)
    if (index < 0) return
    if (times.length === 1) this.#times.delete(name)
    else this.#times.set(name, times.toSpliced(index, 1))
  }

  forget(name: string): void {
    this.#times.delete(name)
  }

  #recent(name: string, now: number): ReadonlyArray<number> {
    return (this.#times.get(name) ?? []).filter((at) => at > now - WINDOW_MS)
  }
}

/**
 * Slows down guessing: within 5 minutes 5 failed sign-ins of an e-mail from one network, 20 from one network, 100 of one e-mail.
 * Strangers on one network cannot keep the owner of an e-mail out. Kept in memory, bounded, per process.
 */
export class SignInLimits extends Context.Service<
  SignInLimits,
  {
    /**
     * Runs a sign-in unless there were too many failures. An attempt counts from its start, so that parallel guesses do not slip
     * through, and goes on counting when its client hangs up; success takes it back and forgets the failures of the e-mail from this
     * network.
     */
    guarded<A, E, R>(
      names: { readonly email: string; readonly network: string },
      signIn: Effect.Effect<A, E, R>,
      isFailedAttempt: (error: E) => boolean,
    ): Effect.Effect<A, E | TooManyAttempts, R>
  }
>()("@footfall/query/domain/SignInLimits") {
  static readonly layer = Layer.sync(SignInLimits, () => {
    const pairs = new Attempts(PER_PAIR)
    const networks = new Attempts(PER_NETWORK)
    const emails = new Attempts(PER_EMAIL)
    return SignInLimits.of({
      guarded: ({ email, network }, signIn, isFailedAttempt) =>
        Effect.gen(function* () {
          const pair = `${network} ${email}`
          const counted = [
            [pairs, pair],
            [networks, network],
            [emails, email],
          ] as const
          const now = yield* Clock.currentTimeMillis
          const wait = Math.max(...counted.map(([attempts, name]) => attempts.wait(name, now)))
          if (wait > 0) return yield* new TooManyAttempts({ seconds: Math.ceil(wait / 1000) })
          for (const [attempts, name] of counted) attempts.add(name, now)
          const takeBack = Effect.sync(() => {
            for (const [attempts, name] of counted) attempts.takeBack(name, now)
          })
          const result = yield* Effect.tapError(signIn, (error) => (isFailedAttempt(error) ? Effect.void : takeBack))
          yield* takeBack
          pairs.forget(pair)
          return result
        }),
    })
  })
}
