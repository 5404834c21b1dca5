import { Redis } from "@footfall/platform/Redis"
import { Clock, type Config, Effect, Layer } from "effect"
import { Erasure, NotErased } from "./Erasure.ts"
import { LogUnavailable } from "./EventLog.ts"
import { configuredKeys } from "./keys.ts"
import { configuredPartitions } from "./partition.ts"

/** Least time between two rewrites of all workers together, ms. */
const EVERY_MS = 3_600_000

/** A day is over for the log's files so much later, ms: what expires at midnight (UTC) is gone by then, by the clock of every process. */
const AFTER_MIDNIGHT_MS = 900_000

/** How often a running rewrite is asked whether it is done, ms. */
const LOOK_MS = 1_000

/** A refusal of the server is for its operator; anything else passes. */
const failureOf = (cause: unknown): LogUnavailable | NotErased => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return /^(ERR|NOPERM) /.test(text) && !text.includes("in progress") ? new NotErased({ reason: text }) : new LogUnavailable({ cause })
}

const ask = <A>(command: () => Promise<A>) => Effect.tryPromise({ try: command, catch: failureOf })

/** How many entries a stream has had and has no more, from the answer to XINFO STREAM. */
const trimmedOf = (answer: unknown): number => {
  const fields = answer as ReadonlyArray<unknown>
  const of = (name: string) => Number(fields[fields.indexOf(name) + 1])
  return of("entries-added") - of("length")
}

const make = Effect.gen(function* () {
  const { client } = yield* Redis
  const keys = yield* configuredKeys
  const partitions = yield* configuredPartitions

  const nothing = Array.from({ length: partitions }, () => 0).join()
  /** How many entries each partition has trimmed so far, as text to compare. */
  const trimmed = ask(async () => {
    const pipeline = client.pipeline()
    for (let partition = 0; partition < partitions; partition++) pipeline.xinfo("STREAM", keys.events(partition))
    return ((await pipeline.exec()) ?? [])
      .map(([error, answer]) => {
        if (error === null) return trimmedOf(answer)
        if (error.message.includes("no such key")) return 0
        throw error
      })
      .join()
  })

  const state = Effect.map(
    ask(() => client.info()),
    (info) => new Map(info.split("\r\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)])),
  )

  /** The state of the server as soon as no rewrite runs or is about to. */
  const atRest = Effect.gen(function* () {
    for (;;) {
      const now = yield* state
      if (now.get("aof_rewrite_in_progress") !== "1" && now.get("aof_rewrite_scheduled") !== "1") return now
      yield* Effect.sleep(LOOK_MS)
    }
  })

  return Erasure.of({
    erase: Effect.gen(function* () {
      if ((yield* ask(() => client.set(keys.erasing, "1", "PX", EVERY_MS, "NX"))) === null) return false
      const trimmedByNow = yield* trimmed
      const day = Math.floor(((yield* Clock.currentTimeMillis) - AFTER_MIDNIGHT_MS) / 86_400_000)
      const gone = `${trimmedByNow}|${day}`
      const erased = yield* ask(() => client.get(keys.erased))
      if (erased === null && trimmedByNow === nothing) yield* ask(() => client.set(keys.erased, gone, "NX"))
      if (gone === (erased ?? `${nothing}|${day}`)) return false
      const before = yield* atRest
      // Without an append-only file there are snapshots at most, and each replaces the one before.
      if (before.get("aof_enabled") !== "1") return false
      yield* ask(() => client.bgrewriteaof())
      const after = yield* atRest
      if (after.get("aof_last_bgrewrite_status") !== "ok")
        return yield* new NotErased({ reason: "the rewrite failed; Redis' own log says why" })
      // A server that restarted meanwhile has the old files.
      if (after.get("run_id") !== before.get("run_id")) return false
      yield* ask(() => client.set(keys.erased, gone))
      return true
    }).pipe(Effect.withSpan("Erasure.erase")),
  })
})

/**
 * Erasing on Redis: `BGREWRITEAOF`, which writes the append-only file anew from what is in memory, in a process of its own. Needs the
 * right to `BGREWRITEAOF` and `INFO`.
 */
export const layer: Layer.Layer<Erasure, Config.ConfigError, Redis> = Layer.effect(Erasure, make)
