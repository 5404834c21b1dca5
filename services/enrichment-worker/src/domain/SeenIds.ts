import type { Hash64 } from "./eventHash.ts"

/** How long an event id counts as seen, seconds of log time. */
export const SEEN_SECONDS = 24 * 3_600

/** When an id is forgotten: an hour later, so that clocks of ingest processes that differ cannot change a decision. */
export const FORGET_SECONDS = SEEN_SECONDS + 3_600

const SMALLEST = 1_024

/**
 * Event ids and when they were received: an open-addressing table of 64-bit hashes, 12 bytes a slot, at most 70 % full. Asking
 * depends on the times given only, never on a clock; when the table is full it first forgets what is older than 25 hours.
 */
export class SeenIds {
  /** hi, lo, seconds; seconds 0 marks an empty slot. */
  #slots = new Uint32Array(SMALLEST * 3)
  #mask = SMALLEST - 1
  #size = 0
  #newest = 0

  get size(): number {
    return this.#size
  }

  /** Memory of the table in bytes. */
  get bytes(): number {
    return this.#slots.byteLength
  }

  /** Whether this id was received less than 24 hours before `seconds`. */
  has(hash: Hash64, seconds: number): boolean {
    const at = this.#slots[this.#find(hash.hi, hash.lo) + 2]!
    return at !== 0 && seconds - at < SEEN_SECONDS
  }

  /** Remembers an id; of several receipts the latest counts. */
  add(hash: Hash64, seconds: number): void {
    this.#put(hash.hi, hash.lo, seconds)
  }

  /** Remembers all ids of another table. */
  addAll(other: SeenIds): void {
    other.forEach((hi, lo, seconds) => this.#put(hi, lo, seconds))
  }

  /** Calls `visit` for each remembered id. */
  forEach(visit: (hi: number, lo: number, seconds: number) => void): void {
    for (let i = 0; i < this.#slots.length; i += 3)
      if (this.#slots[i + 2] !== 0) visit(this.#slots[i]!, this.#slots[i + 1]!, this.#slots[i + 2]!)
  }

  #find(hi: number, lo: number): number {
    for (let slot = lo & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const i = slot * 3
      if (this.#slots[i + 2] === 0 || (this.#slots[i] === hi && this.#slots[i + 1] === lo)) return i
    }
  }

  #put(hi: number, lo: number, seconds: number): void {
    const i = this.#find(hi, lo)
    const before = this.#slots[i + 2]!
    if (before === 0) this.#size++
    this.#slots[i] = hi
    this.#slots[i + 1] = lo
    this.#slots[i + 2] = Math.max(seconds, before)
    this.#newest = Math.max(this.#newest, seconds)
    if (this.#size > (this.#mask + 1) * 0.7) this.#grow()
  }

  #grow(): void {
    const old = this.#slots
    const oldest = this.#newest - FORGET_SECONDS
    let live = 0
    for (let i = 2; i < old.length; i += 3) if (old[i]! > oldest) live++
    let capacity = SMALLEST
    while (live > capacity * 0.5) capacity *= 2
    this.#slots = new Uint32Array(capacity * 3)
    this.#mask = capacity - 1
    this.#size = 0
    for (let i = 0; i < old.length; i += 3) if (old[i + 2]! > oldest) this.#put(old[i]!, old[i + 1]!, old[i + 2]!)
  }
}
