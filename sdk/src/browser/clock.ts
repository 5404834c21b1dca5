/** Time as the tracker sees it; tests bring their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs something once, after so many milliseconds. */
  later(run: () => void, millis: number): void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  later: (run, millis) => void setTimeout(run, millis),
}
