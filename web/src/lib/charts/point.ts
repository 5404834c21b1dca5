/** One step of a time series, ready to be drawn. */
export interface Point {
  readonly key: string
  /** Its name on the axis. */
  readonly short: string
  /** Its name in full, with the year. */
  readonly long: string
  /** Null where there is nothing to show: the time has not come, or the mean of nothing. */
  readonly value: number | null
  /** The time it stands for is not over, or the range cuts it. */
  readonly unfinished: boolean
  /** The same step of the range that is compared with; absent when nothing is compared. */
  readonly previous?: { readonly long: string; readonly value: number | null }
}
