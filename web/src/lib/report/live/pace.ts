/** Milliseconds between two looks whether anything is new: while numbers move, while they do not or nobody is at the page. */
const LOOK_MS = 1_500
const LOOK_SELDOM_MS = 10_000

/** After so long without a touch, a key or a move of the pointer nobody is taken to be at the page, milliseconds. */
const AWAY_MS = 30 * 60_000

/** The least time between two refreshes, and the most while every one of them finds something, milliseconds. */
const REFRESH_MS = 3_000
const REFRESH_BUSY_MS = 12_000
/** A refresh may take this share of the time at most, so that a large project is not asked without end. */
const SHARE = 10

/** What moves without an event, such as the end of what is compared, is asked for this often, milliseconds. */
const ANYWAY_MS = 60_000

/** The first wait after a failure and the longest, milliseconds, and how much longer each is than the one before. */
const RETRY_MS = 4_000
const RETRY_MOST_MS = 60_000
const RETRY_GROWTH = 1.5

/**
 * When an open page asks again. Looking is cheap and often; refreshing is dear, so it follows news at once where there was none for a
 * while, and in growing steps where news never ends. What fails is asked again later each time, and never before the server allows it.
 */
export class Pace {
  readonly #now: () => number
  #refreshed: number
  #pause = REFRESH_MS
  #touched: number
  #failures = 0
  #retryAt = 0

  constructor(now: () => number = Date.now) {
    this.#now = now
    this.#refreshed = this.#touched = now()
  }

  /** Somebody is at the page. */
  touch = (): void => {
    this.#touched = this.#now()
  }

  /** The wait until the next look at numbers that move or not; when there are none to look at, until it is tried again. Milliseconds. */
  untilLook(moving: boolean, down: boolean): number {
    if (down) return Math.max(0, this.#retryAt - this.#now())
    return moving && this.#now() - this.#touched < AWAY_MS ? LOOK_MS : LOOK_SELDOM_MS
  }

  /** Whether what failed may be asked for again. */
  get retryDue(): boolean {
    return this.#now() >= this.#retryAt
  }

  /** Whether it is time to refresh numbers that move, when there is `news` or none. */
  due(news: boolean): boolean {
    return this.#now() - this.#refreshed >= (news ? this.#pause : ANYWAY_MS)
  }

  /** A refresh has been answered that began at `began`. `news` says that something new had called for it. */
  refreshed(began: number, news: boolean): void {
    const now = this.#now()
    const busy = news && began - this.#refreshed < 2 * this.#pause
    this.#pause = Math.max(busy ? Math.min(REFRESH_BUSY_MS, 2 * this.#pause) : REFRESH_MS, SHARE * (now - began))
    this.#refreshed = now
    this.#failures = 0
  }

  /** A question failed; `retryAfter` is what the server asks for, in seconds. */
  failed(retryAfter = 0): void {
    this.#retryAt = this.#now() + Math.max(retryAfter * 1000, Math.min(RETRY_MOST_MS, RETRY_MS * RETRY_GROWTH ** this.#failures))
    this.#failures++
  }

  /** Something is missing in what the server brought or answered; the first wait begins unless one runs. */
  noticed(): void {
    if (this.#failures === 0) this.failed()
  }

  /** All is well again, or somebody asks anew. */
  recovered(): void {
    this.#failures = 0
  }
}
