import { Config, Context, Effect, Layer, Redacted, type Scope } from "effect"
import { Redis as IORedis, type RedisOptions } from "ioredis"
import { secret } from "./secret.ts"

/**
 * Connections to Redis. Both kinds reconnect for ever, also when the other side falls silent without closing; while Redis is
 * away `client` fails its commands at once, so that a request can be answered 503 instead of waiting.
 */
export class Redis extends Context.Service<
  Redis,
  {
    /** The shared, pipelining connection for short commands. */
    readonly client: IORedis
    /** A connection of one's own, for blocking reads of at most some seconds, which outlast a lost connection; closed with the scope. */
    readonly dedicated: Effect.Effect<IORedis, never, Scope.Scope>
  }
>()("@footfall/platform/Redis") {}

/**
 * A connection on which an answer is due and nothing comes for so long is cut and made anew, ms. It may be half open: its other end
 * died, or a firewall forgot it, without a word. Blocking reads must be shorter.
 */
const SILENCE_MS = 6_000

/** ioredis' constructor wants to know at compile time in which shape replies come; ours come in its usual one. */
type Settings = Omit<RedisOptions, "replyMapping">

const connect = (url: string, options: Settings) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const settings: Settings = {
        connectTimeout: 2_000,
        socketTimeout: SILENCE_MS,
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
        retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000),
        ...options,
      }
      const connection = new IORedis(url, settings)
      // Commands report their own failures; without a listener a lost connection would end the process.
      connection.on("error", () => undefined)
      return connection
    }),
    (connection) => Effect.sync(() => connection.disconnect()),
  )

/** Waits until the connection is usable, at most `ms` milliseconds; a Redis that is down does not stop the service from starting. */
const settled = (connection: IORedis, ms: number) =>
  Effect.callback<void>((resume) => {
    if (connection.status === "ready") return resume(Effect.void)
    const timer = setTimeout(() => resume(Effect.void), ms)
    connection.once("ready", () => {
      clearTimeout(timer)
      resume(Effect.void)
    })
  })

/** Redis at `REDIS_URL` (or the URL in the file `REDIS_URL_FILE`). */
export const layer: Layer.Layer<Redis, Config.ConfigError> = Layer.effect(
  Redis,
  Effect.gen(function* () {
    const url = Redacted.value(yield* secret("REDIS_URL"))
    const client = yield* connect(url, {})
    yield* settled(client, 2_000)
    return Redis.of({ client, dedicated: connect(url, { enableOfflineQueue: true, maxRetriesPerRequest: null }) })
  }),
)
