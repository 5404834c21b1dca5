import { Clock, Context, Effect, Layer, Schema } from "effect"

/** Too many failed sign-ins; the next one is heard in `seconds`. */
export class TooManyAttempts extends Schema.TaggedError<TooManyAttempts>()("TooManyAttempts", { seconds: Schema.Int }) {}

const WINDOW_MS = 5 * 60_000
const PER_EMAIL = 5
const PER_ADDRESS = 20
/** E-mails and addresses remembered; the one that failed longest ago makes room. */
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

/** Slows down guessing: 5 failed sign-ins per e-mail and 20 per address within 5 minutes. Kept in memory, bounded, per process. */
export class SignInLimits extends Context.Service<
  SignInLimits,
  {
    /**
     * Runs a sign-in unless there were too many failures. An attempt counts from its start, so that parallel guesses do not slip
     * through; success takes it back and forgets the failures of the e-mail.
     */
    guarded<A, E, R>(
      names: { readonly email: string; readonly address: string },
      signIn: Effect.Effect<A, E, R>,
      isFailedAttempt: (error: E) => boolean,
    ): Effect.Effect<A, E | TooManyAttempts, R>
  }
>()("@footfall/query/domain/SignInLimits") {
  static readonly layer = Layer.sync(SignInLimits, () => {
    const emails = new Attempts(PER_EMAIL)
    const addresses = new Attempts(PER_ADDRESS)
    return SignInLimits.of({
      guarded: ({ email, address }, signIn, isFailedAttempt) =>
        Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          const wait = Math.max(emails.wait(email, now), addresses.wait(address, now))
          if (wait > 0) return yield* new TooManyAttempts({ seconds: Math.ceil(wait / 1000) })
          emails.add(email, now)
          addresses.add(address, now)
          const takeBack = Effect.sync(() => {
            emails.takeBack(email, now)
            addresses.takeBack(address, now)
          })
          const result = yield* signIn.pipe(
            Effect.tapError((error) => (isFailedAttempt(error) ? Effect.void : takeBack)),
            Effect.onInterrupt(() => takeBack),
          )
          addresses.takeBack(address, now)
          emails.forget(email)
          return result
        }),
    })
  })
}
