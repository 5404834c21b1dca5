/**
 * A bounded map that keeps between `size` and twice `size` of the most recently used keys: when the young generation is full
 * it becomes the old one, and what was not asked for meanwhile is forgotten. Cheaper than an exact LRU.
 */
export class Recent<A extends {}> {
  readonly #size: number
  #young = new Map<string, A>()
  #old = new Map<string, A>()

  constructor(size: number) {
    this.#size = size
  }

  get(key: string): A | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: A): void {
    if (this.#young.size >= this.#size && !this.#young.has(key)) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}

/** `compute` with a memory of some `size` recent answers. */
export const remembering = <A extends {}>(size: number, compute: (key: string) => A): ((key: string) => A) => {
  const recent = new Recent<A>(size)
  return (key) => {
    const known = recent.get(key)
    if (known !== undefined) return known
    const value = compute(key)
    recent.set(key, value)
    return value
  }
}

/** {@link remembering} for what strangers send: texts longer than this many characters are computed each time, so that memory stays bounded. */
export const rememberingShort = <A extends {}>(size: number, longest: number, compute: (key: string) => A): ((key: string) => A) => {
  const short = remembering(size, compute)
  return (key) => (key.length > longest ? compute(key) : short(key))
}
