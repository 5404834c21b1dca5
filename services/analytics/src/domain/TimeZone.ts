/** Epoch milliseconds. */
export type Millis = number

/** A reading of a wall clock, as the epoch milliseconds at which a clock in UTC shows the same. */
export type Wall = number

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

const BLOCK = 4 * DAY

/** Words in IANA names that are not spelled with one capital at their start. */
const WORDS = new Map(
  `ACT CET CHAT CST6CDT EET EST EST5EDT GB GMT GMT0 HST IN LHI MET MST MST7MDT NSW NZ PRC PST8PDT ROC ROK SU UCT US UTC WET au es of
  BajaNorte BajaSur ComodRivadavia DeNoronha DumontDUrville EasterIsland McMurdo`
    .split(/\s+/)
    .map((word) => [word.toLowerCase(), word]),
)

const spelled = (name: string) =>
  name.toLowerCase().replace(/[a-z0-9]+/g, (word) => WORDS.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1))

/**
 * The IANA name that is meant, as IANA spells it, or undefined when there is no such zone. Names compare without case, aliases
 * (`Asia/Kolkata` is one to the runtime, of `Asia/Calcutta`) stay the ones that were chosen, offsets such as `+05:30` do not count.
 */
export const zoneName = (asked: string): string | undefined => {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(asked)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: asked }).resolvedOptions()
    // The runtime tells the spelling of a zone, but not that of its aliases.
    return timeZone.toLowerCase() === asked.toLowerCase() ? timeZone : spelled(asked)
  } catch {
    return undefined
  }
}

/** The clock of a zone: what it shows at an instant, and when it shows something. Daylight saving and skipped days included. */
export class TimeZone {
  static readonly #zones = new Map<string, TimeZone>()
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  /** What the clock is ahead of UTC at the starts of blocks, ms. Asking Intl is slow, and answers have thousands of buckets. */
  readonly #ahead = new Map<number, number>()

  private constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    })
  }

  /** The zone of a name that {@link zoneName} gave; throws a RangeError for others. */
  static of(name: string): TimeZone {
    const known = TimeZone.#zones.get(name)
    if (known !== undefined) return known
    const zone = new TimeZone(name)
    TimeZone.#zones.set(name, zone)
    return zone
  }

  /** What the clock shows. */
  wallAt(instant: Millis): Wall {
    return instant + this.#offset(instant)
  }

  /** When the clock shows this: the first time when it does so twice, the moment after the jump when it never does. */
  instantAt(wall: Wall): Millis {
    // Far enough to both sides that zones up to a day off, and jumps of a day, are covered.
    const before = this.#offset(wall - 1.5 * DAY)
    const after = this.#offset(wall + 1.5 * DAY)
    const early = wall - Math.max(before, after)
    const late = wall - Math.min(before, after)
    if (this.wallAt(early) === wall) return early
    if (this.wallAt(late) === wall) return late
    return wall - before
  }

  /** The first instant of the day that the clock shows at `instant`. */
  startOfDay(instant: Millis): Millis {
    return this.instantAt(floor(this.wallAt(instant), DAY))
  }

  /** No zone changes its clock twice within a block, so two equal ends tell all between them. */
  #offset(instant: Millis): number {
    const block = Math.floor(instant / BLOCK)
    const start = this.#offsetOfBlock(block)
    return start === this.#offsetOfBlock(block + 1) ? start : this.#read(instant)
  }

  #offsetOfBlock(block: number): number {
    const known = this.#ahead.get(block)
    if (known !== undefined) return known
    if (this.#ahead.size > 10_000) this.#ahead.clear()
    const offset = this.#read(block * BLOCK)
    this.#ahead.set(block, offset)
    return offset
  }

  #read(instant: Millis): number {
    const second = Math.floor(instant / 1000) * 1000
    const [month, day, year, hour, minute, seconds] = this.#format.format(second).split(/\D+/)
    return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(seconds)) - second
  }
}

/** The greatest multiple of `unit` up to `value`. */
export const floor = (value: number, unit: number) => Math.floor(value / unit) * unit
