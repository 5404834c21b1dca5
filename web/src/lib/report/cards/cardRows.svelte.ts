import type { Breakdown, Dimension } from "@footfall/sdk/api"
import type { Answer, Failure } from "#lib/server/answer.ts"
import { getJson } from "#lib/client/getJson.ts"
import { Settled } from "#lib/ui/settled.svelte.ts"
import { breakdownPath } from "./breakdownPath.ts"
import type { Loaded } from "#lib/report/live/report.ts"

interface View {
  readonly project: string
  /** The question that is asked now, and the one that `loaded` answers. */
  readonly address: string
  readonly answered: string
  readonly wanted: Dimension
  readonly loaded: Loaded
}

interface Asked {
  readonly dimension: Dimension
  readonly answer: Answer<Breakdown>
}

interface Known {
  readonly dimension: Dimension
  readonly value: Breakdown
}

/**
 * The rows of one card. What the page brought along is shown at once; another tab is asked for alone, without the rest of the page,
 * and until it is there, or when it cannot be had, the old rows stay.
 */
export class CardRows {
  readonly #view: () => View
  readonly #settled: Settled<Answer<Breakdown>>
  /** A tab that was asked for alone. It holds until the page brings newer rows. */
  #alone = $state.raw<Asked & { readonly since: Loaded }>()
  #last: Known | undefined

  constructor(view: () => View) {
    this.#view = view
    this.#settled = new Settled(() => view().loaded.answer)
    $effect(() => {
      const { project, address, answered, wanted, loaded } = view()
      // Another question is asked by the page, for all cards.
      if (this.#asked || address !== answered || loaded.dimension === wanted) return
      const stop = new AbortController()
      void getJson<Breakdown>(breakdownPath(project, address, wanted, "card"), stop.signal).then((answer) => {
        if (!stop.signal.aborted) this.#alone = { dimension: wanted, answer, since: loaded }
      })
      return () => stop.abort()
    })
  }

  /** What is known of the chosen tab and the question that is asked now. */
  readonly #asked = $derived.by((): Asked | undefined => {
    const { address, answered, wanted, loaded } = this.#view()
    if (address !== answered) return undefined
    if (this.#alone?.since === loaded && this.#alone.dimension === wanted) return this.#alone
    const answer = this.#settled.value
    return answer && loaded.dimension === wanted ? { dimension: wanted, answer } : undefined
  })

  /** The last rows that could be had; undefined before the first. */
  readonly known = $derived.by((): Known | undefined => {
    const { dimension, answer } = this.#asked ?? {}
    if (dimension && answer?.ok) this.#last = { dimension, value: answer.value }
    return this.#last
  })

  /** Why the chosen rows cannot be had. */
  readonly failure = $derived.by((): Failure | undefined => (this.#asked?.answer.ok === false ? this.#asked.answer.failure : undefined))

  /** That failure is of this card alone. */
  readonly failedAlone = $derived.by(() => this.failure !== undefined && this.#asked === this.#alone)

  /** What is shown is not what is asked for. */
  readonly stale = $derived.by(() => !this.#asked?.answer.ok)
}
