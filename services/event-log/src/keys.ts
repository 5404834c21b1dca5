import { Config } from "effect"

/** Where the log and what belongs to it lie in Redis. P is a partition number. */
export interface LogKeys {
  /** Stream of packed entries, one field `b`. */
  readonly events: (partition: number) => string
  /** Who owns a partition, as `workerId:epoch`; expires when it is not renewed. */
  readonly lease: (partition: number) => string
  /** Counts the owners that a partition has had; fences off all but the latest. */
  readonly epoch: (partition: number) => string
  /** The state of one visitor's session. */
  readonly session: (partition: number, visitorId: string) => string
  /** List of chunks of seen event ids. */
  readonly seen: (partition: number) => string
  /** Stream of entries, groups and events that could not be processed. */
  readonly dead: string
  /** Sorted set of live workers by the time of their last heartbeat. */
  readonly workers: string
  /** There while no worker needs to look after the log's files; expires. */
  readonly erasing: string
  /** What had been trimmed when the log's files were last rewritten, and the day of that. */
  readonly erased: string
}

/** The consumer group that reads the log. */
export const GROUP = "enrichment"

/** The one consumer name of a partition, so that a new owner inherits what the old one did not acknowledge. */
export const consumerOf = (partition: number) => `partition-${partition}`

/** The field of an entry that holds its bytes. */
export const ENTRY_FIELD = "b"

/** The keys under a prefix. A partition's number stands in braces, so that all its keys are in one slot of a Redis Cluster. */
export const logKeys = (prefix: string): LogKeys => ({
  events: (partition) => `${prefix}events:{${partition}}`,
  lease: (partition) => `${prefix}lease:{${partition}}`,
  epoch: (partition) => `${prefix}epoch:{${partition}}`,
  session: (partition, visitorId) => `${prefix}session:{${partition}}:${visitorId}`,
  seen: (partition) => `${prefix}seen:{${partition}}`,
  dead: `${prefix}dead`,
  workers: `${prefix}workers`,
  erasing: `${prefix}erasing`,
  erased: `${prefix}erased`,
})

/** The keys under `REDIS_PREFIX` (empty unless set), which keeps two installations in one Redis apart. */
export const configuredKeys: Config.Config<LogKeys> = Config.String("REDIS_PREFIX").pipe(Config.withDefault(""), Config.map(logKeys))
