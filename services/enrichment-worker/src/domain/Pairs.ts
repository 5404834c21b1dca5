/** Most pairs of a session. */
export const MOST_PAIRS = 1_000

/** Most characters of all its paths and names together. */
export const MOST_CHARACTERS = 32_768

const order = (pathA: string, nameA: string, pathB: string, nameB: string): number =>
  pathA < pathB ? -1 : pathA > pathB ? 1 : nameA < nameB ? -1 : nameA > nameB ? 1 : 0

/**
 * Path and name of each event of a session, each pair once and in the order of their text, so that the order of arrival leaves no trace;
 * two lists of one length. A session writes them all whenever it changes, so they must not grow without bounds.
 */
export class Pairs {
  #pages: Array<string>
  #names: Array<string>
  #characters: number
  #shared: boolean

  private constructor(pages: Array<string>, names: Array<string>, characters: number, shared: boolean) {
    this.#pages = pages
    this.#names = names
    this.#characters = characters
    this.#shared = shared
  }

  static empty(): Pairs {
    return new Pairs([], [], 0, false)
  }

  /** The pairs of lists as they were kept. Lists of releases before are in another order and are put into this one. */
  static of(pages: ReadonlyArray<string>, names: ReadonlyArray<string>): Pairs {
    let characters = 0
    let ordered = true
    for (let i = 0; i < pages.length; i++) {
      characters += pages[i]!.length + names[i]!.length
      if (i > 0 && order(pages[i - 1]!, names[i - 1]!, pages[i]!, names[i]!) >= 0) ordered = false
    }
    // Copied as soon as something is added.
    if (ordered) return new Pairs(pages as Array<string>, names as Array<string>, characters, true)
    const sorted = Pairs.empty()
    for (let i = 0; i < pages.length; i++) sorted.add(pages[i]!, names[i]!)
    return sorted
  }

  /** Paths; `pages[i]` and `names[i]` belong together. */
  get pages(): ReadonlyArray<string> {
    return this.#pages
  }

  /** Names; empty for page views. */
  get names(): ReadonlyArray<string> {
    return this.#names
  }

  /** Whether a session with these pairs can take an event about this page. */
  hasRoom(path: string, name: string): boolean {
    if (this.#pages.length < MOST_PAIRS && this.#characters + path.length + name.length <= MOST_CHARACTERS) return true
    return this.#has(path, name, this.#find(path, name))
  }

  /** Whether a session with these pairs can take all those of another one and one more, even if all of them are new to it. */
  surelyHasRoomFor(other: Pairs, path: string, name: string): boolean {
    const characters = this.#characters + other.#characters + path.length + name.length
    return this.#pages.length + other.#pages.length < MOST_PAIRS && characters <= MOST_CHARACTERS
  }

  /** Adds a pair that is not there yet. */
  add(path: string, name: string): void {
    const place = this.#find(path, name)
    if (this.#has(path, name, place)) return
    if (this.#shared) {
      this.#pages = [...this.#pages]
      this.#names = [...this.#names]
      this.#shared = false
    }
    this.#pages.splice(place, 0, path)
    this.#names.splice(place, 0, name)
    this.#characters += path.length + name.length
  }

  /** Adds all pairs of another session. */
  addAll(other: Pairs): void {
    for (let i = 0; i < other.#pages.length; i++) this.add(other.#pages[i]!, other.#names[i]!)
  }

  #has(path: string, name: string, place: number): boolean {
    return this.#pages[place] === path && this.#names[place] === name
  }

  /** Where a pair is or belongs. */
  #find(path: string, name: string): number {
    let low = 0
    let high = this.#pages.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (order(this.#pages[middle]!, this.#names[middle]!, path, name) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
