import { Redis } from "@footfall/platform/Redis"
import { Config, Effect, Layer, Option, Scope } from "effect"
import type { Redis as IORedis } from "ioredis"
import { createHash, randomBytes } from "node:crypto"
import { hostname } from "node:os"
import { LogUnavailable } from "./EventLog.ts"
import { configuredKeys, consumerOf, GROUP } from "./keys.ts"
import { configuredPartitions } from "./partition.ts"
import { configuredLease, type DeadLetter, type LogEntry, LeaseLost, PartitionLog } from "./PartitionLog.ts"
import { ACQUIRE, COMMIT, HEARTBEAT, READ, RELEASE, RENEW } from "./scripts.ts"
import { shares } from "./share.ts"

/** How long one wait for entries lasts, ms. Less than the silence after which a connection is taken for dead. */
const BLOCK_MS = 2_000

/** Session states outlive the 72 hours in which they are asked for, so that a delay of hours forgets nothing, ms. */
const STATE_MS = 80 * 3_600_000

/** Chunks of seen ids fetched at once. */
const SEEN_PAGE = 500

/** Dead letters kept. */
const DEAD_LETTERS = 100_000

type Argument = string | number | Buffer

const sha1 = (script: string) => createHash("sha1").update(script).digest("hex")
const hashes = new Map([ACQUIRE, COMMIT, HEARTBEAT, READ, RELEASE, RENEW].map((script) => [script, sha1(script)]))

/** Runs a script by its hash; a Redis that does not know it (new, or restarted) is told. */
const evaluate = async (client: IORedis, script: string, keys: ReadonlyArray<string>, args: ReadonlyArray<Argument>): Promise<unknown> => {
  try {
    return await client.callBuffer("EVALSHA", [hashes.get(script)!, keys.length, ...keys, ...args])
  } catch (cause) {
    if (!String(cause).includes("NOSCRIPT")) throw cause
    return await client.callBuffer("EVAL", [script, keys.length, ...keys, ...args])
  }
}

const entryOf = ([id, fields]: [Buffer, [Buffer, Buffer] | null]): LogEntry => ({
  id: id.toString(),
  bytes: fields?.[1] ?? Buffer.alloc(0),
})

const after = (id: string): string => {
  const [ms, sequence] = id.split("-")
  return `${ms}-${BigInt(sequence ?? 0) + 1n}`
}

const unavailable = (cause: unknown) => new LogUnavailable({ cause })

const make = Effect.gen(function* () {
  const { client, dedicated } = yield* Redis
  const keys = yield* configuredKeys
  const partitions = yield* configuredPartitions
  const leaseMs = yield* configuredLease
  const worker = `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`
  const scope = yield* Scope.Scope

  const ask = <A>(command: () => Promise<A>) => Effect.tryPromise({ try: command, catch: unavailable })
  const script = (text: string, on: ReadonlyArray<string>, ...args: ReadonlyArray<Argument>) => ask(() => evaluate(client, text, on, args))
  const unless = (partition: number) => (answer: unknown) => (answer === 0 ? Effect.fail(new LeaseLost({ partition })) : Effect.void)

  const waiting = new Map<number, IORedis>()
  const connectionOf = Effect.fnUntraced(function* (partition: number) {
    const open = waiting.get(partition)
    if (open !== undefined) return open
    const connection = yield* Scope.provide(dedicated, scope)
    waiting.set(partition, connection)
    return connection
  })

  return PartitionLog.of({
    heartbeat: script(HEARTBEAT, [keys.workers], worker, leaseMs).pipe(
      Effect.map((live) => shares((live as ReadonlyArray<Buffer>).map(String), partitions).get(worker) ?? []),
    ),
    leave: Effect.asVoid(ask(() => client.zrem(keys.workers, worker))),
    acquire: Effect.fn("PartitionLog.acquire")(function* (partition) {
      const on = [keys.lease(partition), keys.epoch(partition), keys.events(partition)]
      const holder = (yield* script(ACQUIRE, on, worker, leaseMs, GROUP)) as Buffer | null
      if (holder === null) return Option.none()
      const text = holder.toString()
      return Option.some({ partition, epoch: text.slice(text.lastIndexOf(":") + 1), holder: text })
    }),
    renew: ({ partition, epoch, holder }) =>
      Effect.flatMap(script(RENEW, [keys.epoch(partition), keys.lease(partition)], epoch, holder, leaseMs), unless(partition)),
    release: ({ partition, epoch }) => Effect.asVoid(script(RELEASE, [keys.epoch(partition), keys.lease(partition)], epoch)),
    read: Effect.fn("PartitionLog.read")(function* ({ partition, epoch }, limit) {
      const on = [keys.epoch(partition), keys.events(partition)]
      const answer = yield* script(READ, on, epoch, GROUP, consumerOf(partition), limit.entries, limit.bytes).pipe(
        // The stream or its group is gone: Redis lost its data. Acquiring again makes them anew.
        Effect.catchIf(
          (failure) => String(failure.cause).includes("NOGROUP"),
          () => Effect.succeed(null),
        ),
      )
      if (answer === null) return yield* new LeaseLost({ partition })
      return (answer as ReadonlyArray<[Buffer, [Buffer, Buffer] | null]>).map(entryOf)
    }),
    arrival: Effect.fn("PartitionLog.arrival")(function* ({ partition }) {
      const connection = yield* connectionOf(partition)
      yield* ask(() => connection.callBuffer("XREAD", ["COUNT", 1, "BLOCK", BLOCK_MS, "STREAMS", keys.events(partition), "0-0"]))
    }),
    sessions: Effect.fn("PartitionLog.sessions")(function* ({ partition }, visitorIds) {
      if (visitorIds.length === 0) return []
      const states = yield* ask(() => client.mget(visitorIds.map((id) => keys.session(partition, id))))
      return states.map((state) => state ?? undefined)
    }),
    seen: Effect.fn("PartitionLog.seen")(function* ({ partition }, visit) {
      for (let start = 0; ; start += SEEN_PAGE) {
        const chunks = yield* ask(() => client.lrangeBuffer(keys.seen(partition), start, start + SEEN_PAGE - 1))
        for (const chunk of chunks) visit(chunk)
        if (chunks.length < SEEN_PAGE) return
      }
    }),
    commit: Effect.fn("PartitionLog.commit")(function* ({ partition, epoch }, { ids, sessions, seen, forgetSeenBefore }) {
      const on = [keys.epoch(partition), keys.events(partition), keys.seen(partition)]
      for (const visitorId of sessions.keys()) on.push(keys.session(partition, visitorId))
      const chunk = seen === undefined ? "" : Buffer.from(seen.buffer, seen.byteOffset, seen.byteLength)
      const keep = after(ids.at(-1) ?? "0-0")
      const args = [epoch, GROUP, STATE_MS, forgetSeenBefore, chunk, keep, ids.length, ...ids, ...sessions.values()]
      yield* Effect.flatMap(script(COMMIT, on, ...args), unless(partition))
    }),
    bury: (letters: ReadonlyArray<DeadLetter>) =>
      ask(async () => {
        const pipeline = client.pipeline()
        for (const { partition, id, reason, content } of letters) {
          pipeline.xadd(
            keys.dead,
            "MAXLEN",
            "~",
            DEAD_LETTERS,
            "*",
            "partition",
            partition,
            "entry",
            id,
            "reason",
            reason,
            "content",
            content,
          )
        }
        for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error
      }),
    lag: Effect.fn("PartitionLog.lag")(function* (partition) {
      const stream = keys.events(partition)
      return yield* ask(async () => {
        const [oldest] = await client.xrange(stream, "-", "+", "COUNT", 1)
        if (oldest === undefined) return { ms: 0, entries: 0, bytes: 0 }
        const [entries, bytes, [seconds, micros]] = await Promise.all([client.xlen(stream), client.memory("USAGE", stream), client.time()])
        const now = Number(seconds) * 1_000 + Number(micros) / 1_000
        return { ms: Math.max(0, Math.round(now - Number(oldest[0].split("-")[0]))), entries, bytes: bytes ?? 0 }
      })
    }),
  })
})

/** Partitions on Redis Streams. A lease lives for `LEASE_MS` (4000 unless set) and wants to be renewed several times in that time. */
export const layer: Layer.Layer<PartitionLog, Config.ConfigError, Redis> = Layer.effect(PartitionLog, make)
