import type { Breakdown, Dimension } from "@footfall/sdk/api"
import type { Answer, Failure } from "#lib/server/answer.ts"
import { getJson } from "#lib/ui/getJson.ts"
import { Settled } from "#lib/ui/settled.svelte.ts"
import { breakdownPath } from "./breakdownPath.ts"
import { cardLimit } from "./dimensions.ts"

/** What the page's load function knows of a card: which dimension it asked for, when, and the answer, now or later. */
export interface Loaded {
  readonly dimension: Dimension
  /** Epoch milliseconds. */
  readonly at: number
  readonly answer: Answer<Breakdown> | Promise<Answer<Breakdown>>
}

interface View {
  readonly project: string
  /** Tells questions with different answers apart. */
  readonly key: string
  readonly search: string
  readonly wanted: Dimension
  readonly loaded: Loaded
}

interface Known {
  readonly dimension: Dimension
  readonly key: string
  readonly at: number
  readonly answer: Answer<Breakdown>
}

const failure: Failure = { status: 503, title: "Not reachable", detail: "The numbers cannot be had right now.", errors: [] }

/**
 * The rows of one card. What the page brought along is shown at once; another tab is asked for alone, without the rest of the page,
 * and until it is there the old rows stay.
 */
export class CardRows {
  readonly #view: () => View
  readonly #settled: Settled<Answer<Breakdown>>
  #fetched = $state.raw<Known>()
  #last: Known | undefined

  constructor(view: () => View) {
    this.#view = view
    this.#settled = new Settled(() => view().loaded.answer)
    $effect(() => {
      const { project, search, wanted, key, loaded } = view()
      if (this.#exact || (loaded.dimension === wanted && !this.#settled.value)) return
      const stop = new AbortController()
      getJson<Breakdown>(breakdownPath(project, search, wanted, cardLimit), stop.signal).then((value) => {
        if (stop.signal.aborted) return
        this.#fetched = { dimension: wanted, key, at: Date.now(), answer: value ? { ok: true, value } : { ok: false, failure } }
      })
      return () => stop.abort()
    })
  }

  readonly #exact = $derived.by((): Known | undefined => {
    const { key, wanted, loaded } = this.#view()
    const brought = this.#settled.value && { dimension: loaded.dimension, key, at: loaded.at, answer: this.#settled.value }
    const fits = [brought, this.#fetched].filter((one) => one?.dimension === wanted && one.key === key)
    const newest = fits.reduce((best, one) => (!best || (one && one.at > best.at) ? one : best), undefined)
    if (newest) this.#last = newest
    return newest
  })

  /** What to show; undefined only before the first answer. */
  get known(): Known | undefined {
    return this.#exact ?? this.#last
  }

  /** What is shown belongs to another tab than the chosen one. */
  get stale(): boolean {
    return this.#exact === undefined
  }
}
