import { getJson } from "#lib/client/getJson.ts"
import { whileVisible } from "#lib/ui/whileVisible.ts"
import { trackingKind } from "./tracking.ts"
import type { TrackingState } from "./tracking.ts"

/** How often we look while nothing has come, and afterwards; after how long we offer help; how often the clock moves; milliseconds. */
const lookEvery = 1000
const lookLaterEvery = 3000
const helpAfter = 60_000
const tick = 1000

/** Watches whether events of a project arrive, as long as somebody looks. */
export class Watching {
  /** The last answer; undefined while there is none. */
  #state = $state.raw<TrackingState>()
  /** The server's time, as far as this browser can tell. */
  now = $state(0)
  /** Nothing has come for so long that help is due. */
  long = $state(false)

  constructor(project: () => string, known: () => TrackingState | undefined) {
    this.#take(known())
    $effect(() => {
      const path = `/${project()}/tracking`
      const timer = setTimeout(() => (this.long = true), helpAfter)
      const clock = setInterval(() => (this.now += tick), tick)
      const stop = whileVisible(
        async (signal) => {
          const answer = await getJson<TrackingState>(path, signal)
          if (answer.ok && !signal.aborted) this.#take(answer.value)
        },
        () => (this.kind === "waiting" ? lookEvery : lookLaterEvery),
      )
      return () => {
        clearTimeout(timer)
        clearInterval(clock)
        stop()
      }
    })
  }

  #take(state: TrackingState | undefined): void {
    this.#state = state
    this.now = state?.now ?? 0
  }

  get state(): TrackingState | undefined {
    return this.#state
  }

  /** Not known is as good as none: the page goes on looking. */
  readonly kind = $derived.by(() => (this.#state ? trackingKind(this.#state, this.now) : "waiting"))
}
