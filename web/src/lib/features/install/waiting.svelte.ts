import type { FirstEvent } from "@footfall/sdk/api"
import { getJson } from "#lib/client/getJson.ts"
import { whileVisible } from "#lib/ui/whileVisible.ts"

/** How often we look, and after how long we offer help, in milliseconds. */
const every = 1000
const helpAfter = 60_000

/** Waits for the first event of a project, as long as somebody looks. */
export class Waiting {
  event = $state.raw<FirstEvent | null>(null)
  long = $state(false)

  constructor(project: () => string, known: () => FirstEvent | null) {
    this.event = known()
    $effect(() => {
      const path = `/${project()}/first-event`
      if (this.event) return
      const timer = setTimeout(() => (this.long = true), helpAfter)
      const stop = whileVisible(async (signal) => {
        const answer = await getJson<{ event: FirstEvent | null }>(path, signal)
        if (answer.ok && answer.value.event) this.event = answer.value.event
      }, every)
      return () => {
        clearTimeout(timer)
        stop()
      }
    })
  }
}
