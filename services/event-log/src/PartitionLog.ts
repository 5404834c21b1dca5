import { Config, Context, type Effect, type Option, Schema } from "effect"
import type { LogUnavailable } from "./EventLog.ts"

/** Somebody else owns the partition now, or nobody does. What was read under the lease must not be acted on; acquire again. */
export class LeaseLost extends Schema.TaggedError<LeaseLost>()("LeaseLost", { partition: Schema.Int }) {}

/** How long a lease lives unless it is renewed, ms: `LEASE_MS`, 4000 unless set. */
export const configuredLease: Config.Config<number> = Config.Int("LEASE_MS").pipe(Config.withDefault(4_000))

/** The right of one worker to a partition. */
export interface Lease {
  readonly partition: number
  /** How often the partition had been taken when we took it; a greater one on the log means that we were replaced. */
  readonly epoch: string
  /** `workerId:epoch`: what stands in the log while the lease lasts. */
  readonly holder: string
}

/** An entry as it lies on the log. Ids are `milliseconds-sequence` and grow. */
export interface LogEntry {
  readonly id: string
  readonly bytes: Uint8Array
}

/** How much one read may bring. The first entry comes whatever its size. */
export interface ReadLimit {
  readonly entries: number
  readonly bytes: number
}

/** What a processed batch leaves behind, all or nothing. */
export interface Commit {
  /** Entries to acknowledge, in order, from the first uncommitted one on without gaps. */
  readonly ids: ReadonlyArray<string>
  /** New session states by visitor id. */
  readonly sessions: ReadonlyMap<string, string>
  /** Chunk of seen event ids, beginning with an 8-byte big-endian double of epoch milliseconds; none when no event was new. */
  readonly seen: Uint8Array | undefined
  /** Chunks whose milliseconds lie before this are forgotten. */
  readonly forgetSeenBefore: number
}

/** Why and of what an entry, or a part of it, could not be processed. Carries no address. */
export interface DeadLetter {
  readonly partition: number
  readonly id: string
  readonly reason: string
  /** What could be saved, as JSON; empty when nothing could. */
  readonly content: string
}

/** How far a partition is behind. */
export interface Lag {
  /** Age of the oldest entry that is not committed, ms; 0 when there is none. */
  readonly ms: number
  readonly entries: number
  /** Memory of what waits. */
  readonly bytes: number
}

/** Partitions as their workers see them. Every method may also fail because the log is away. */
export class PartitionLog extends Context.Service<
  PartitionLog,
  {
    /** Says that this worker lives and tells which partitions are its share among all live workers. */
    readonly heartbeat: Effect.Effect<ReadonlyArray<number>, LogUnavailable>
    /** Stops being counted among the live workers. */
    readonly leave: Effect.Effect<void, LogUnavailable>
    /** Takes a partition that nobody else holds, with a new epoch; none while somebody does. */
    acquire(partition: number): Effect.Effect<Option.Option<Lease>, LogUnavailable>
    /** Makes the lease last again; fails when somebody else had the partition since. */
    renew(lease: Lease): Effect.Effect<void, LogUnavailable | LeaseLost>
    /** Gives a partition up; harmless when the lease is lost already. */
    release(lease: Lease): Effect.Effect<void, LogUnavailable>
    /** What is read but not committed, else the next entries; empty when there are none. */
    read(lease: Lease, limit: ReadLimit): Effect.Effect<ReadonlyArray<LogEntry>, LogUnavailable | LeaseLost>
    /** Returns when the partition has an entry that is not committed, or after some seconds. */
    arrival(lease: Lease): Effect.Effect<void, LogUnavailable>
    /** Committed session states of visitors, in their order; undefined where there is none. */
    sessions(lease: Lease, visitorIds: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<string | undefined>, LogUnavailable>
    /** Hands all chunks of seen event ids to `visit`, oldest first. */
    seen(lease: Lease, visit: (chunk: Buffer) => void): Effect.Effect<void, LogUnavailable>
    commit(lease: Lease, commit: Commit): Effect.Effect<void, LogUnavailable | LeaseLost>
    /** Sets something aside; at least once, since a crash before the commit repeats it. */
    bury(letters: ReadonlyArray<DeadLetter>): Effect.Effect<void, LogUnavailable>
    lag(partition: number): Effect.Effect<Lag, LogUnavailable>
  }
>()("@footfall/event-log/PartitionLog") {}
