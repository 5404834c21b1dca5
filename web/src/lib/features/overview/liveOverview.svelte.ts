import type { Project } from "@footfall/sdk/api"
import { untrack } from "svelte"
import { full } from "#lib/format/numbers.ts"
import type { Failure } from "#lib/server/answer.ts"
import { getJson } from "#lib/client/getJson.ts"
import { whileVisible } from "#lib/ui/whileVisible.ts"
import { everyone, firstFailure } from "./overview.ts"
import type { Overview } from "./overview.ts"
import { includesNow } from "./periods.ts"
import { addressOf, questionInWords, readQuestion } from "./question.ts"

/** Milliseconds between two looks at numbers that still move, and at numbers that could not be had. */
const every = 30_000
const everyAfterFailure = 5_000

interface View {
  readonly project: Project
  /** What came with the page. */
  readonly brought: Overview
  /** The search parameters of the address bar. */
  readonly params: Pick<URLSearchParams, "get" | "getAll" | "toString">
}

/**
 * The numbers of the overview. When the address asks another question, they are asked for without leaving the page, and again and again
 * while they move. Until an answer is there, and when none is to be had, the last good one stays; what failed is tried again by itself.
 */
export class LiveOverview {
  readonly #view: () => View
  #fetched = $state.raw<{ readonly for: Overview; readonly overview: Overview }>()
  #failed = $state.raw<{ readonly for: Overview; readonly address: string; readonly failure: Failure }>()
  /** What somebody hears who changed the question and does not see the numbers change; empty before that. */
  said = $state("")

  constructor(view: () => View) {
    this.#view = view
    $effect(() => {
      if (this.address === untrack(() => this.shown.address)) return
      const stop = new AbortController()
      void untrack(() => this.#ask(stop.signal))
      return () => stop.abort()
    })
    $effect(() => {
      // The wait begins anew with every question, which has just been asked.
      void this.address
      return this.#every === undefined ? undefined : whileVisible((signal) => this.#ask(signal), this.#every)
    })
  }

  /** The last good answer. Another project begins with what its page brought. */
  readonly shown = $derived.by((): Overview => {
    const { brought } = this.#view()
    return this.#fetched?.for === brought ? this.#fetched.overview : brought
  })

  /** The part of the address bar that asks for numbers. */
  readonly address = $derived.by(() => addressOf(this.#view().params))

  /** What is asked now. */
  readonly question = $derived.by(() => {
    const { params, project } = this.#view()
    return readQuestion(params, project.timeZone, this.shown.now)
  })

  /** What is shown answers another question than the one asked now. */
  readonly behind = $derived.by(() => this.shown.address !== this.address)

  /** Why the question that is asked now has no answer, or no complete or fresh one. */
  readonly failure = $derived.by((): Failure | undefined => {
    const failed = this.#failed
    if (failed && failed.for === this.#view().brought && failed.address === this.address) return failed.failure
    return this.behind ? undefined : firstFailure(this.shown)
  })

  readonly #every = $derived.by(() =>
    this.failure ? everyAfterFailure : includesNow(this.question.range, this.question.today) ? every : undefined,
  )

  /** Asks at once. */
  again = (): Promise<void> => this.#ask(new AbortController().signal)

  async #ask(signal: AbortSignal): Promise<void> {
    const { project, params, brought } = this.#view()
    const { address } = this
    const answer = await getJson<Overview>(`/${project.id}/overview?${params.toString()}`, signal)
    if (signal.aborted || brought !== this.#view().brought || address !== this.address) return
    if (!answer.ok) {
      this.#failed = { for: brought, address, failure: answer.failure }
      return
    }
    const another = this.behind
    this.#failed = undefined
    this.#fetched = { for: brought, overview: answer.value }
    if (another) this.said = `${questionInWords(this.question)}: ${full(everyone(answer.value))} visitors`
  }
}
