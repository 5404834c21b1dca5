import type { Breakdown, Dimension } from "@footfall/sdk/api"
import { getJson } from "#lib/client/getJson.ts"
import { breakdownPath } from "#lib/report/cards/breakdownPath.ts"
import { toRows } from "#lib/report/cards/rows.ts"
import type { Row, Whole } from "#lib/report/cards/rows.ts"

/** Rows that are asked for at first, and at a time when all are needed. */
const firstPage = 100
const fullPage = 1000

/** More rows than this are not held in one page; the answer says how many there are. */
const mostRows = 50_000

interface Source {
  readonly project: string
  readonly search: string
  readonly dimension: Dimension
  readonly compared: boolean
  /** All that matches. */
  readonly whole: Whole
}

/** The rows of one dimension, fetched page by page, and all of them when a search or another order needs them. */
export class DetailRows {
  rows = $state.raw<ReadonlyArray<Row>>([])
  /** How many rows there are in all; undefined until the first answer. */
  total = $state<number>()
  loading = $state(false)
  failed = $state(false)
  #cursor: string | null | undefined
  #running: Promise<void> | undefined
  readonly #source: Source
  readonly #stop = new AbortController()

  constructor(source: Source, first: Breakdown | undefined) {
    this.#source = source
    if (first) this.#add(first)
  }

  get complete(): boolean {
    return this.total !== undefined && this.rows.length >= Math.min(this.total, mostRows)
  }

  /** Fetches the next rows, if there are any. */
  more = (limit = firstPage): Promise<void> => (this.#running ??= this.#next(limit).finally(() => (this.#running = undefined)))

  /** Fetches whatever is missing. Stops at a failure, which `failed` tells. */
  all = async (): Promise<void> => {
    do await this.more(fullPage)
    while (!this.complete && !this.failed && !this.#stop.signal.aborted)
  }

  /** Gives up what is on its way. */
  stop = (): void => this.#stop.abort()

  async #next(limit: number): Promise<void> {
    if (this.#cursor === null || this.complete) return
    this.loading = true
    const { project, search, dimension } = this.#source
    const answer = await getJson<Breakdown>(breakdownPath(project, search, dimension, limit, this.#cursor), this.#stop.signal)
    this.loading = false
    this.failed = !answer.ok
    if (answer.ok) this.#add(answer.value)
  }

  #add(answer: Breakdown): void {
    const { dimension, compared, whole } = this.#source
    const known = new Set(this.rows.map((row) => row.value))
    // While visits come in, a row can slip from one page to the next; it must not be listed twice.
    this.rows = [...this.rows, ...toRows(dimension, answer, compared, whole).filter((row) => !known.has(row.value))]
    this.#cursor = answer.nextCursor
    this.total = answer.nextCursor === null ? this.rows.length : Math.max(answer.totalRows, this.rows.length + 1)
  }
}
