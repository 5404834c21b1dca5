/** Numbers in [0, 1), the same ones for the same seed for ever (mulberry32). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** Chance that repeats itself. */
export class Random {
  /** A number in [0, 1). */
  readonly next: () => number

  constructor(seed: number) {
    this.next = seeded(seed)
  }

  /** A whole number in [from, to]. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A waiting time whose mean is `mean`, exponentially distributed. */
  wait(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  /** Any one of them. */
  of<A>(choices: ReadonlyArray<A>): A {
    const chosen = choices[Math.floor(this.next() * choices.length)]
    if (chosen === undefined) throw new Error("Nothing to choose from.")
    return chosen
  }

  /** One of them, each as often as its weight says. */
  weighted<A extends { readonly weight: number }>(choices: ReadonlyArray<A>): A {
    let left = this.next() * choices.reduce((sum, choice) => sum + choice.weight, 0)
    for (const choice of choices) {
      left -= choice.weight
      if (left < 0) return choice
    }
    return this.of(choices.slice(-1))
  }
}

/** A UUIDv7 of this moment (epoch milliseconds), its random part from the seed. */
export const uuidAt = (at: number, random: Random): string => {
  const time = Math.floor(at).toString(16).padStart(12, "0")
  const hex = (digits: number) =>
    Math.floor(random.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0")
  const variant = "89ab"[random.int(0, 3)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`
}
