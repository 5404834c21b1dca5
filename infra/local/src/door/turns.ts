/** Lets at most `limit` holders in at a time, in order of asking. */
export class Turns {
  #free: number
  readonly #waiting: Array<() => void> = []

  constructor(limit: number) {
    this.#free = limit
  }

  /** Waits for a turn; `signal` gives up waiting (and rejects). Each turn is to be ended once. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#free > 0) {
      this.#free--
      return
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(signal.reason)
      }
      const enter = () => {
        signal.removeEventListener("abort", onAbort)
        resolve()
      }
      signal.addEventListener("abort", onAbort, { once: true })
      this.#waiting.push(enter)
    })
  }

  end(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next()
  }
}
