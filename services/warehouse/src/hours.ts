const HOUR_S = 3_600

/** A stretch of time, epoch milliseconds, both ends included. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The hours that these spans touch, as ClickHouse takes a DateTime: seconds. Tables are ordered by the hour, so a condition on it is
 * what keeps a statement to the rows that it is about.
 */
export const hoursBetween = (spans: ReadonlyArray<Span>): ReadonlyArray<number> => {
  const hours = new Set<number>()
  for (const { from, to } of spans)
    for (let hour = Math.floor(from / 1000 / HOUR_S); hour <= Math.floor(to / 1000 / HOUR_S); hour++) hours.add(hour * HOUR_S)
  return [...hours].sort((a, b) => a - b)
}
