import type { Bucket } from "./Buckets.ts"
import type { ComparedRange } from "./Range.ts"
import type { Millis } from "./TimeZone.ts"

/**
 * As many buckets as were asked for, each the like of the one in its place: the same hours, dates, weeks or months of the range that is
 * compared with. One that has no like there (29 February, an hour that clocks skipped) is empty, its end being its start.
 */
export const likeBuckets = (asked: ReadonlyArray<Bucket>, compared: ComparedRange): ReadonlyArray<Bucket> => {
  const buckets: Array<Bucket> = []
  let last = -Infinity
  for (const { start, end } of asked) {
    const first = Math.max(buckets.length === 0 ? Math.min(compared.start(start), compared.from) : compared.start(start), last)
    last = Math.max(compared.end(end), first)
    buckets.push({ start: first, end: last })
  }
  return buckets
}

/** Where buckets begin, and where time begins that lies in none; ascending. */
export const edgesOf = (buckets: ReadonlyArray<Bucket>): ReadonlyArray<Millis> => [
  ...new Set(buckets.flatMap(({ start, end }, index) => (index === buckets.length - 1 ? (end > start ? [start] : []) : [start, end]))),
]
