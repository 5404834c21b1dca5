import { Effect, Schema } from "effect"
import { promisify } from "node:util"
import { deflateRaw, deflateRawSync, inflateRawSync, type ZlibOptions } from "node:zlib"
import type { LoggedBatch } from "./LoggedBatch.ts"

/** An entry that is not one of ours, or was damaged. Reading it again will not help; it belongs to the dead letters. */
export class EntryUnreadable extends Schema.TaggedError<EntryUnreadable>()("EntryUnreadable", {
  reason: Schema.String,
}) {}

/** The first byte of an entry: how the rest is written. */
const DEFLATED_JSON = 1

/** More than ingest ever packs into one entry; what inflates to more was not made by it. */
const MAX_INFLATED = 256 * 1024 * 1024

/** From this many characters on, deflating is left to another thread; below, handing it over would take longer than doing it. */
const LARGE = 32 * 1024

const version = Uint8Array.of(DEFLATED_JSON)
const deflateElsewhere = promisify(deflateRaw)
const entryOf = (deflated: Uint8Array): Buffer => Buffer.concat([version, deflated])

/**
 * Level 1, because senders wait for it. A deflater takes 256 KiB unless told that there is less to pack, which
 * thousands of small entries a second have to pay for: time to clear it, and work for the garbage collector.
 */
const settings = (length: number): ZlibOptions => {
  const windowBits = Math.min(15, Math.max(9, 32 - Math.clz32(length)))
  return { level: 1, windowBits, memLevel: Math.min(8, windowBits - 6), chunkSize: 4_000 }
}

/** The bytes of an entry: a version byte, then JSON in raw deflate. */
export const encodeBatch = (batch: LoggedBatch): Buffer => {
  const json = JSON.stringify(batch)
  return entryOf(deflateRawSync(json, settings(json.length)))
}

/** {@link encodeBatch} for a process that has requests to answer meanwhile. */
export const packBatch = async (batch: LoggedBatch): Promise<Buffer> => {
  const json = JSON.stringify(batch)
  return entryOf(json.length < LARGE ? deflateRawSync(json, settings(json.length)) : await deflateElsewhere(json, { level: 1 }))
}

const isBatch = (value: unknown): value is LoggedBatch =>
  typeof value === "object" && value !== null && "groups" in value && Array.isArray(value.groups)

/** The batch in the bytes of an entry. */
export const decodeBatch = (entry: Uint8Array): Effect.Effect<LoggedBatch, EntryUnreadable> =>
  Effect.suspend(() => {
    if (entry[0] !== DEFLATED_JSON) return Effect.fail(new EntryUnreadable({ reason: `unknown version ${entry[0] ?? "(empty)"}` }))
    try {
      const value: unknown = JSON.parse(inflateRawSync(entry.subarray(1), { maxOutputLength: MAX_INFLATED }).toString("utf8"))
      return isBatch(value) ? Effect.succeed(value) : Effect.fail(new EntryUnreadable({ reason: "no groups" }))
    } catch (cause) {
      return Effect.fail(new EntryUnreadable({ reason: cause instanceof Error ? cause.message : String(cause) }))
    }
  })
