import type { Breakdown, Online, Project } from "@footfall/sdk/api"
import { untrack } from "svelte"
import { full } from "#lib/format/numbers.ts"
import type { Failure } from "#lib/server/answer.ts"
import { getJson } from "#lib/client/getJson.ts"
import { whileVisible } from "#lib/ui/whileVisible.ts"
import { breakdownPath } from "#lib/report/cards/breakdownPath.ts"
import { failedCards, firstFailure, whole } from "./report.ts"
import type { Report } from "./report.ts"
import { Pace } from "./pace.ts"
import { includesNow } from "#lib/report/question/periods.ts"
import { addressOf, questionInWords, readQuestion } from "#lib/report/question/question.ts"

/** After how long a question that has no answer yet is said to be loading, milliseconds. */
const slowAfter = 2_000

interface View<Shown extends Report> {
  readonly project: Project
  /** What came with the page. */
  readonly brought: Shown
  /** The search parameters of the address bar. */
  readonly params: Pick<URLSearchParams, "get" | "getAll" | "toString">
}

/**
 * The numbers of a page. When the address asks another question, they are asked for without leaving the page. While they move, the
 * page looks every moment whether anything arrived, and asks again when something did. Until an answer is there, and when none is to be
 * had, the last good one stays; what failed is tried again by itself, a card that failed alone.
 */
export class LiveReport<Shown extends Report> {
  readonly #view: () => View<Shown>
  readonly #name: string
  readonly #pace = new Pace()
  #fetched = $state.raw<{ readonly for: Shown; readonly report: Shown }>()
  #failed = $state.raw<{ readonly for: Shown; readonly address: string; readonly failure: Failure }>()
  #online = $state.raw<{ readonly for: Shown; readonly answer: Online }>()
  /** What somebody hears who changed the question and does not see the numbers change; empty before that. */
  said = $state("")
  #late = $state(false)

  /** `name` is that of the page, under which our server answers below the project. */
  constructor(name: string, view: () => View<Shown>) {
    this.#name = name
    this.#view = view
    $effect(() => {
      if (this.address === untrack(() => this.shown.address)) return
      const stop = new AbortController()
      const timer = setTimeout(() => (this.#late = true), slowAfter)
      this.#pace.recovered()
      void untrack(() => this.#ask(stop.signal, false))
      return () => {
        stop.abort()
        clearTimeout(timer)
        this.#late = false
      }
    })
    $effect(() => {
      // The wait begins anew with every question, which has just been asked, and with every change of what is well.
      void this.address
      void this.failure
      if (untrack(() => this.failure !== undefined && this.#failed === undefined)) this.#pace.noticed()
      return whileVisible(
        (signal) => this.#look(signal),
        () => this.#pace.untilLook(this.#moving, this.#down),
      )
    })
    $effect(() => {
      const stop = new AbortController()
      for (const sign of ["pointermove", "pointerdown", "keydown"])
        addEventListener(sign, this.#pace.touch, { passive: true, signal: stop.signal })
      return () => stop.abort()
    })
  }

  /** The last good answer. Another project begins with what its page brought. */
  readonly shown = $derived.by((): Shown => {
    const { brought } = this.#view()
    return this.#fetched?.for === brought ? this.#fetched.report : brought
  })

  /** How many people are on the site; null when that could not be had. */
  readonly online = $derived.by(() => (this.#online?.for === this.shown ? this.#online.answer.visitors : this.shown.online))

  /** The part of the address bar that asks for numbers. */
  readonly address = $derived.by(() => addressOf(this.#view().params))

  /** What is asked now. */
  readonly question = $derived.by(() => {
    const { params, project } = this.#view()
    return readQuestion(params, project.timeZone, this.shown.now, this.shown.firstDay)
  })

  /** What the shown numbers answer. */
  readonly answered = $derived.by(() => {
    const { address, now, firstDay } = this.shown
    return readQuestion(new URLSearchParams(address), this.#view().project.timeZone, now, firstDay)
  })

  /** What is shown answers another question than the one asked now. */
  readonly behind = $derived.by(() => this.shown.address !== this.address)

  /** The question that is asked now has had no answer for a while. */
  readonly slow = $derived.by(() => this.#late && this.behind)

  /** Why the question that is asked now has no answer, or no complete or fresh one. */
  readonly failure = $derived.by((): Failure | undefined => {
    const failed = this.#failed
    if (failed && failed.for === this.#view().brought && failed.address === this.address) return failed.failure
    return this.behind ? undefined : firstFailure(this.shown)
  })

  /** Not only cards are missing. */
  readonly #down = $derived.by(() => this.failure !== undefined && (this.#failed !== undefined || this.behind || !this.shown.timeseries.ok))

  readonly #moving = $derived.by(() => includesNow(this.question.range, this.question.today))

  /** Asks at once. */
  again = (): Promise<void> => {
    this.#pace.recovered()
    return this.#ask(new AbortController().signal, false)
  }

  /** Asks for what is missing, or looks whether anything is new and then asks for all of it. */
  async #look(signal: AbortSignal): Promise<void> {
    if (this.#down) return this.#ask(signal, false)
    if (this.behind) return
    if (this.failure && this.#pace.retryDue) await this.#askCards(signal)
    const { shown } = this
    const answer = await getJson<Online>(`/${this.#view().project.id}/online`, signal)
    if (signal.aborted || !answer.ok || shown !== this.shown) return
    this.#online = { for: shown, answer: answer.value }
    const { latestArrival } = answer.value
    const news = latestArrival !== null && latestArrival !== shown.latestArrival
    if (this.#moving && this.#pace.due(news)) await this.#ask(signal, news)
  }

  async #ask(signal: AbortSignal, news: boolean): Promise<void> {
    const { project, params, brought } = this.#view()
    const { address } = this
    const began = Date.now()
    const asked = new URLSearchParams(params.toString())
    // What decides what the address asks, so that the server need not ask for it first.
    asked.set("zone", project.timeZone)
    if (this.shown.firstDay !== undefined) asked.set("first", this.shown.firstDay)
    const answer = await getJson<Shown>(`/${project.id}/${this.#name}?${asked}`, signal)
    if (signal.aborted || brought !== this.#view().brought || address !== this.address) return
    if (!answer.ok) {
      this.#pace.failed(answer.failure.retryAfter)
      this.#failed = { for: brought, address, failure: answer.failure }
      return
    }
    const another = this.behind
    this.#pace.refreshed(began, news)
    this.#failed = undefined
    this.#fetched = { for: brought, report: answer.value }
    if (another) this.said = `${questionInWords(this.question)}: ${full(whole(answer.value).visitors)} visitors`
  }

  /** Asks for the cards that failed, and for nothing else. */
  async #askCards(signal: AbortSignal): Promise<void> {
    const { project, brought } = this.#view()
    const { address, shown } = this
    const asked = failedCards(shown).map(async ([id, dimension]) => {
      return [id, { dimension, answer: await getJson<Breakdown>(breakdownPath(project.id, address, dimension, "card"), signal) }] as const
    })
    const cards = { ...shown.cards, ...Object.fromEntries(await Promise.all(asked)) }
    if (signal.aborted || brought !== this.#view().brought || shown !== this.shown) return
    const failure = firstFailure({ ...shown, cards })
    if (failure) this.#pace.failed(failure.retryAfter)
    else this.#pace.recovered()
    this.#fetched = { for: brought, report: { ...shown, cards } }
  }
}
