import type { Lease, LogEntry, PartitionLog, ReadLimit } from "@footfall/event-log/PartitionLog"

/**
 * Entries of a quiet site hold one event each, those of a busy one hundreds; the bytes are some 12,000 events. Half as many
 * cost ClickHouse a sixth more CPU; larger batches gain little and hold up the process for longer.
 */
const LIMIT: ReadLimit = { entries: 1_000, bytes: 1_000_000 }

/** The next batch of the partition: what was read and not committed, else what is new. */
export const read = (log: PartitionLog["Service"], lease: Lease) => log.read(lease, LIMIT)

/** Whether a read stopped at its limit, so that more is likely to wait. */
export const isFull = (entries: ReadonlyArray<LogEntry>): boolean =>
  entries.length >= LIMIT.entries || entries.reduce((sum, { bytes }) => sum + bytes.length, 0) >= LIMIT.bytes
