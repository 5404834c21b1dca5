/** One value in a row of values over time. */
export interface Step {
  /** Null where there is nothing to show: the time has not come, or the mean of nothing. */
  readonly value: number | null
  /** The time it stands for is not over, or the range cuts it. */
  readonly unfinished: boolean
}

/** One step of a time series with its names, ready to be drawn. */
export interface Point extends Step {
  readonly key: string
  /** Its name on the axis. */
  readonly short: string
  /** What stands on the axis instead, nothing where it is empty; absent where every so many steps are named. */
  readonly tick?: string
  /** Its name in full, with the year. */
  readonly long: string
  /** The same step of the range that is compared with; absent when nothing is compared. */
  readonly previous?: { readonly long: string; readonly value: number | null }
}
