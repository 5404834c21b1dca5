import { Redis } from "@footfall/platform/Redis"
import { Clock, Config, Context, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"
import { ControlPlaneUnavailable } from "./errors.ts"

const DAY_MS = 86_400_000
/** Redis that says nothing for so long counts as away, ms. */
const PATIENCE_MS = 2_000
/** Salts of so many days before yesterday are deleted by name, whether or not they expired. */
const DELETED_DAYS = 7

/** The UTC day of an instant (epoch milliseconds), as `YYYY-MM-DD`. */
export const dayOf = (millis: number) => new Date(millis).toISOString().slice(0, 10)

/** Where the salt of a day lies in Redis, below `REDIS_PREFIX`. */
const keyOf = (prefix: string, day: string) => `${prefix}salt:${day}`

/**
 * Random salts, one a UTC day, the same for every process. A salt lives from the day before to the end of the day after its
 * own, then it is deleted: visitor ids of that day can no longer be traced to anybody. They are in Redis, and nowhere else:
 * what is deleted there leaves the files when the log's files are rewritten, while Postgres keeps it in its WAL and backups.
 */
export class Salts extends Context.Service<
  Salts,
  {
    /**
     * The 32 bytes of a day's salt, made when it is asked for first. Only yesterday, today and tomorrow have one; asking for
     * any other day is a defect of the caller. A caller that remembers the salt gives it, in case Redis has lost it.
     */
    of(day: string, remembered?: Uint8Array): Effect.Effect<Uint8Array, ControlPlaneUnavailable>
    /** Deletes the salts whose time is over, instead of waiting until Redis comes upon them by itself. */
    readonly forget: Effect.Effect<void, ControlPlaneUnavailable>
  }
>()("@footfall/control-plane/Salts") {
  static readonly layer: Layer.Layer<Salts, Config.ConfigError, Redis> = Layer.effect(
    Salts,
    Effect.gen(function* () {
      const { client } = yield* Redis
      const prefix = yield* Config.String("REDIS_PREFIX").pipe(Config.withDefault(""))

      const ask = <A>(command: () => Promise<A>) =>
        Effect.tryPromise({ try: command, catch: (cause) => new ControlPlaneUnavailable({ cause }) }).pipe(
          Effect.timeoutOrElse({
            duration: PATIENCE_MS,
            orElse: () => Effect.fail(new ControlPlaneUnavailable({ cause: new Error(`Redis did not answer within ${PATIENCE_MS} ms`) })),
          }),
        )

      return Salts.of({
        of: Effect.fn("Salts.of")(function* (day, remembered) {
          const now = yield* Clock.currentTimeMillis
          const days = [dayOf(now - DAY_MS), dayOf(now), dayOf(now + DAY_MS)]
          if (!days.includes(day)) return yield* Effect.die(new Error(`There is no salt for ${day}: today is ${days[1]} (UTC)`))
          const offered = remembered ?? randomBytes(32)
          const livesMs = Date.parse(day) + 2 * DAY_MS - now
          const kept = yield* ask(() => client.set(keyOf(prefix, day), Buffer.from(offered).toString("hex"), "PX", livesMs, "NX", "GET"))
          return kept === null ? new Uint8Array(offered) : new Uint8Array(Buffer.from(kept, "hex"))
        }),
        forget: Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          const over = Array.from({ length: DELETED_DAYS }, (_, index) => keyOf(prefix, dayOf(now - (index + 2) * DAY_MS)))
          yield* ask(() => client.del(...over))
        }).pipe(Effect.withSpan("Salts.forget")),
      })
    }),
  )
}
