const count = new Intl.NumberFormat("en-US")

/** A duration in seconds as people say it. */
export const spoken = (seconds: number): string => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`)

/** The line itself: share done, rate and how long it will take, from what was done in `elapsedMs`. */
export const progressLine = (done: number, total: number, rated: number, elapsedMs: number): string => {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
  const rate = elapsedMs > 0 ? (1000 * rated) / elapsedMs : 0
  // The first batches tell nothing about the rest.
  const left = rate > 0 && elapsedMs > 2_000 ? `, ${spoken((total - done) / rate)} left` : ""
  return `${String(percent).padStart(3)} %  ${count.format(done)} of ${count.format(total)} events, ${count.format(Math.round(rate))} events/s${left}`
}

/** Shows how far something is: a line that renews itself on a terminal, a line every five seconds elsewhere. */
export class Progress {
  readonly #total: number
  readonly #already: number
  readonly #started = Date.now()
  #shown = 0

  /** `already` of `total` were done before we came. */
  constructor(total: number, already: number) {
    this.#total = total
    this.#already = already
  }

  update(done: number): void {
    const now = Date.now()
    if (now - this.#shown < (process.stdout.isTTY ? 100 : 5_000)) return
    this.#shown = now
    const line = progressLine(done, this.#total, done - this.#already, now - this.#started)
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[2K${line}` : `${line}\n`)
  }

  /** Ends the line with what came of it. */
  finish(line: string): void {
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[2K${line}\n` : `${line}\n`)
  }
}
