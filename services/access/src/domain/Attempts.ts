/** How long an attempt is remembered. */
const WINDOW_MS = 5 * 60_000
/** Names remembered; the one that was used longest ago makes room. */
const SIZE = 20_000

/** The times of recent attempts by name, oldest first; `limit` of a name are fine within five minutes. */
export class Attempts {
  readonly #limit: number
  readonly #times = new Map<string, ReadonlyArray<number>>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** How long to wait, ms; 0 when another attempt is fine. */
  wait(name: string, now: number): number {
    const recent = this.#recent(name, now)
    return recent.length < this.#limit ? 0 : (recent[recent.length - this.#limit] ?? now) + WINDOW_MS - now
  }

  /** Whether a name has used less than a quarter of what it may. */
  isQuiet(name: string, now: number): boolean {
    return this.#recent(name, now).length < this.#limit / 4
  }

  add(name: string, now: number): void {
    const times = [...this.#recent(name, now), now]
    this.#times.delete(name)
    this.#times.set(name, times)
    if (this.#times.size > SIZE) this.#times.delete(this.#times.keys().next().value as string)
  }

  takeBack(name: string, at: number): void {
    const times = this.#times.get(name) ?? []
    const index = times.indexOf(at)
    if (index < 0) return
    if (times.length === 1) this.#times.delete(name)
    else this.#times.set(name, times.toSpliced(index, 1))
  }

  forget(name: string): void {
    this.#times.delete(name)
  }

  #recent(name: string, now: number): ReadonlyArray<number> {
    return (this.#times.get(name) ?? []).filter((at) => at > now - WINDOW_MS)
  }
}
