import { Config, Schema } from "effect"

/** How many partitions there are: `PARTITIONS`, 1 to 256, 4 unless set. Ingest and every worker must agree; change it only on an empty log. */
export const configuredPartitions: Config.Config<number> = Config.schema(
  Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 1, maximum: 256 })),
  "PARTITIONS",
).pipe(Config.withDefault(4))

/**
 * The partition of a sender, 0 to `partitions` - 1: always the same for the same project and sender key, which must
 * not change by the day nor with the address (browser, or an id given by a server). FNV-1a over UTF-16 code units, with the finalizer of
 * MurmurHash3 so that every bit counts for the remainder.
 */
export const partitionOf = (projectId: string, senderKey: string, partitions: number): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < projectId.length; i++) hash = Math.imul(hash ^ projectId.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ 0x1f, 0x01000193)
  for (let i = 0; i < senderKey.length; i++) hash = Math.imul(hash ^ senderKey.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) % partitions
}
