import { Config, Effect, Option, Schema } from "effect"

/**
 * The places in the cycle of a batch where a crash is interesting, in their order: after reading, after decoding, before and
 * after the insert into events, after those into bot_events and sessions, before and after the correction of stored events (in a batch that
 * has any), before and after the commit.
 */
export const steps = [
  "read",
  "decode",
  "insert-events",
  "inserted-events",
  "inserted-bot-events",
  "inserted-sessions",
  "correct",
  "corrected",
  "commit",
  "committed",
] as const
export type Step = (typeof steps)[number]

/** Called whenever the cycle comes to a step. */
export type Reached = (step: Step) => void

const Fault = Schema.TemplateLiteralParser([Schema.Literals(steps), ":", Schema.NumberFromString.check(Schema.isInt())])

/**
 * For tests only: `FAULT_AT=<step>` or `FAULT_AT=<step>:<n>` makes the process kill itself with SIGKILL when it comes to the
 * step for the nth time. Refused in production.
 */
export const faults: Effect.Effect<Reached, Config.ConfigError> = Effect.gen(function* () {
  const asked = yield* Config.option(Config.String("FAULT_AT"))
  if (Option.isNone(asked) || asked.value === "") return () => undefined
  if ((yield* Config.String("NODE_ENV").pipe(Config.withDefault(""))) === "production") {
    return yield* Effect.die(new Error("FAULT_AT is for tests; it is refused when NODE_ENV is production"))
  }
  const [step, , nth] = yield* Effect.orDie(Schema.decodeUnknownEffect(Fault)(asked.value.includes(":") ? asked.value : `${asked.value}:1`))
  let left = nth
  return (reached: Step) => {
    if (reached === step && --left === 0) process.kill(process.pid, "SIGKILL")
  }
})
