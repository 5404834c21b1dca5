import { SeenIds } from "./SeenIds.ts"

const HEADER = 8
const RECORD = 12

/**
 * Seen ids as they are kept on the log: the newest receipt among them in epoch milliseconds (big-endian double, by which the
 * log forgets whole chunks), then hash and receipt in seconds of each, 12 bytes.
 */
export const encodeSeen = (ids: SeenIds, newestMs: number): Buffer => {
  const chunk = Buffer.allocUnsafe(HEADER + ids.size * RECORD)
  let at = chunk.writeDoubleBE(newestMs, 0)
  ids.forEach((hi, lo, seconds) => {
    at = chunk.writeUInt32LE(hi, at)
    at = chunk.writeUInt32LE(lo, at)
    at = chunk.writeUInt32LE(seconds, at)
  })
  return chunk
}

/** Adds a chunk's ids to a table. */
export const decodeSeen = (chunk: Buffer, into: SeenIds): void => {
  for (let at = HEADER; at + RECORD <= chunk.length; at += RECORD) {
    into.add({ hi: chunk.readUInt32LE(at), lo: chunk.readUInt32LE(at + 4) }, chunk.readUInt32LE(at + 8))
  }
}
