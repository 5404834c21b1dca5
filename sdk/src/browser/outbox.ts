import { fresh, ignored, read, save, without } from "./spool.ts"
import { fitting, post } from "./transport.ts"

/** Holds events until the server has answered for them. Nothing in here throws. */
export interface Outbox {
  /** Takes an event (its JSON) and sends it within a second, or at once when it is urgent or twenty wait. */
  add(event: string, urgent: boolean): void
  /** Sends what waits, unless a request is under way or a failed one has to wait its time. */
  flush(): Promise<void>
  /** The page may be gone in a moment: hands over what waits and spools what nobody has answered for. */
  leave(): void
}

/** Runs something once, after so many milliseconds. */
export type Later = (run: () => void, millis: number) => unknown

/**
 * One request at a time. What fails by the network, 408, 429 or 5xx is sent again after 1, 2, 4 … 64 s with jitter, counted
 * from `Retry-After`, and its events are spooled meanwhile. Everything else that the server says is final. At most 1000
 * events wait in memory.
 */
export const openOutbox = (url: string, key: string, now: () => number, later: Later): Outbox => {
  const spool = "footfall.queue." + key
  let events = read(spool, now())
  let underWay = 0
  let failures = 0
  let busy = false

  // What only a script can tell of the browser goes along when there is anything to tell.
  const { maxTouchPoints: touchPoints, webdriver: automated } = navigator
  const client = touchPoints || automated ? { touchPoints, automated } : undefined

  const body = (batch: string[]) => JSON.stringify({ key, sentAt: new Date(now()), client }).slice(0, -1) + `,"events":[${batch}]}`

  /** What may be sent now, from a position on; forgets everything when the visitor is not to be counted. */
  const batchFrom = (start: number): string[] => {
    events = fresh(events, now())
    if (ignored()) save(spool, now(), events.splice(0), [])
    return (document as { prerendering?: boolean }).prerendering ? [] : fitting(events.slice(start))
  }

  const flush = async (): Promise<void> => {
    const batch = busy ? [] : batchFrom(0)
    if (!batch.length) return
    busy = true
    underWay = batch.length
    const wait = await post(url, body(batch))
    underWay = 0
    if (wait < 0) {
      failures = 0
      busy = false
      events = without(events, batch)
      save(spool, now(), batch, [])
      return flush()
    }
    save(spool, now(), [], events)
    later(
      () => {
        busy = false
        flush()
      },
      wait + 500 * 2 ** Math.min(failures++, 6) * (1 + Math.random()),
    )
  }

  return {
    add(event, urgent) {
      events = [...events, event].slice(-1000)
      if (urgent || events.length > 19) flush()
      else later(flush, 1e3)
    },
    flush,
    leave() {
      let start = underWay
      let batch: string[]
      // In an outage the next page sends what is spooled; without storage a beacon is all there is.
      while (
        (batch = batchFrom(start)).length &&
        !(failures && save(spool, now(), [], events)) &&
        navigator.sendBeacon?.(url, body(batch))
      ) {
        if (failures) start += batch.length
        else events = without(events, batch)
      }
      save(spool, now(), [], events)
    },
  }
}
