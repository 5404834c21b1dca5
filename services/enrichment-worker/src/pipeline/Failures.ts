const FIRST_REST_MS = 250
const LONGEST_REST_MS = 30_000
/** So many failures in a row are no accident. */
const FAILING = 3

interface Failure {
  readonly times: number
  readonly reason: string
  /** When the partition may be tried again, by `performance.now()`. */
  readonly restsUntil: number
}

/** Partitions that failed since they last got a batch done. Each rests twice as long after each failure, 30 seconds at most. */
export class Failures {
  readonly #failures = new Map<number, Failure>()

  /** Remembers a failure. */
  add(partition: number, reason: string): void {
    const times = (this.#failures.get(partition)?.times ?? 0) + 1
    const rest = Math.min(FIRST_REST_MS * 2 ** (times - 1), LONGEST_REST_MS)
    this.#failures.set(partition, { times, reason, restsUntil: performance.now() + rest })
  }

  /** The partition works. */
  clear(partition: number): void {
    this.#failures.delete(partition)
  }

  /** Whether the partition has rested since its last failure. */
  hasRested(partition: number): boolean {
    return performance.now() >= (this.#failures.get(partition)?.restsUntil ?? 0)
  }

  /** The partitions that fail again and again, and why they did last. */
  get failing(): ReadonlyArray<{ readonly partition: number; readonly reason: string }> {
    return [...this.#failures].flatMap(([partition, { times, reason }]) => (times >= FAILING ? [{ partition, reason }] : []))
  }
}
