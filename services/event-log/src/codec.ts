import { Effect, Schema } from "effect"
import { promisify } from "node:util"
import { constants, inflateRawSync, zstdCompress, zstdCompressSync, zstdDecompressSync, type ZstdOptions } from "node:zlib"
import type { LoggedBatch } from "./LoggedBatch.ts"
import { serialize } from "./serialize.ts"

/** An entry that is not one of ours, or was damaged. Reading it again will not help; it belongs to the dead letters. */
export class EntryUnreadable extends Schema.TaggedError<EntryUnreadable>()("EntryUnreadable", {
  reason: Schema.String,
}) {}

/** The first byte of an entry: how the rest is written. Entries of the version before may still wait on the log. */
const DEFLATED_JSON = 1
const ZSTD_JSON = 2

/** More than ingest ever packs into one entry; what inflates to more was not made by it. */
const limit = { maxOutputLength: 256 * 1024 * 1024 }

/**
 * From this many bytes on, compressing is left to another thread. Below, it is done in less than 4 ms, and handing it over costs
 * more: Node's compressor for other threads keeps young objects alive, for which ingest took a fifth more CPU.
 */
const LARGE = 4 * 1024 * 1024

const version = Uint8Array.of(ZSTD_JSON)
const compressElsewhere = promisify(zstdCompress)
const entryOf = (compressed: Uint8Array): Buffer => Buffer.concat([version, compressed])

/** Level 1, because senders wait for it: a third to a half of what deflate's level 1 takes, for fewer bytes. */
const settings = (length: number): ZstdOptions => ({
  params: { [constants.ZSTD_c_compressionLevel]: 1 },
  pledgedSrcSize: length, // so that little to pack takes little memory
  chunkSize: Math.max(1024, length >> 2),
})

const compressed = (json: Buffer): Buffer => entryOf(zstdCompressSync(json, settings(json.length)))

const head = Buffer.from(`{"groups":[`)
const comma = Buffer.from(",")
const tail = Buffer.from("]}")

const batchOf = (groups: ReadonlyArray<Uint8Array>): Buffer =>
  Buffer.concat([head, ...groups.flatMap((group, index) => (index === 0 ? [group] : [comma, group])), tail])

/** The bytes of an entry: a version byte, then the batch of these serialized groups in Zstandard (RFC 8878). */
export const pack = async (groups: ReadonlyArray<Uint8Array>): Promise<Buffer> => {
  const json = batchOf(groups)
  return json.length < LARGE ? compressed(json) : entryOf(await compressElsewhere(json, settings(json.length)))
}

/** {@link pack} for callers on whom no request waits. */
export const encodeBatch = ({ groups }: LoggedBatch): Buffer => compressed(batchOf(groups.map(serialize)))

const unpack: Readonly<Record<number, (bytes: Uint8Array) => Buffer>> = {
  [DEFLATED_JSON]: (bytes) => inflateRawSync(bytes, limit),
  [ZSTD_JSON]: (bytes) => zstdDecompressSync(bytes, limit),
}

const isBatch = (value: unknown): value is LoggedBatch =>
  typeof value === "object" && value !== null && "groups" in value && Array.isArray(value.groups)

/** The batch in the bytes of an entry. */
export const decodeBatch = (entry: Uint8Array): Effect.Effect<LoggedBatch, EntryUnreadable> =>
  Effect.suspend(() => {
    const unpacked = unpack[entry[0] ?? 0]
    if (unpacked === undefined) return Effect.fail(new EntryUnreadable({ reason: `unknown version ${entry[0] ?? "(empty)"}` }))
    try {
      const value: unknown = JSON.parse(unpacked(entry.subarray(1)).toString("utf8"))
      return isBatch(value) ? Effect.succeed(value) : Effect.fail(new EntryUnreadable({ reason: "no groups" }))
    } catch (cause) {
      return Effect.fail(new EntryUnreadable({ reason: cause instanceof Error ? cause.message : String(cause) }))
    }
  })
