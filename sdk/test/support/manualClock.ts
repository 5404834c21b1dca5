/** A clock that stands still until the test moves it; `now` and `later` are what the tracker takes. */
export const manualClock = (start = Date.UTC(2026, 10, 23, 12)) => {
  let now = start
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    later: (run: () => void, millis: number) => void timers.push({ at: now + millis, run }),
    /** Milliseconds until each timer that is set, soonest first. */
    get waiting(): number[] {
      return timers.map(({ at }) => at - now).toSorted((a, b) => a - b)
    },
    /** Moves time and runs what falls due, in order. */
    advance(millis: number) {
      const end = now + millis
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((timer) => timer !== next)
        now = next.at
        next.run()
      }
      now = end
    },
  }
}
