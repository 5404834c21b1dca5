import type { Clock } from "./clock.ts"
import { fresh, ignored, openSpool } from "./spool.ts"
import { beacon, fitting, post } from "./transport.ts"

/** Holds events until the server has answered for them. Nothing in here throws. */
export interface Outbox {
  /** Takes an event (its JSON) and sends it within a second, or at once when it is urgent or twenty wait. */
  add(event: string, urgent: boolean): void
  /** Sends what waits, unless a request is under way or a failed one has to wait its time. */
  flush(): Promise<void>
  /** The page may be gone in a moment: hands over what waits and spools what nobody has answered for. */
  leave(): void
}

/** What the browser says of itself that its headers do not: a touch screen, by which an iPad is told from a Mac, and remote control. */
const client = ({ maxTouchPoints, webdriver } = navigator) => ({ touchPoints: maxTouchPoints, automated: webdriver })

/**
 * One request at a time. What fails by the network, 408, 429 or 5xx is sent again after 1, 2, 4 … 64 s with jitter, counted
 * from `Retry-After`, and its events are spooled meanwhile. Everything else that the server says is final. At most 1000
 * events wait in memory.
 */
export const openOutbox = (url: string, key: string, clock: Clock): Outbox => {
  const spool = openSpool(key, clock.now)
  let events = spool.read()
  let underWay = 0
  let failures = 0
  let busy = false
  let timed = false

  const body = (batch: string[]) =>
    `${JSON.stringify({ key, sentAt: new Date(clock.now()).toISOString(), client: client() }).slice(0, -1)},"events":[${batch}]}`

  const drop = (batch: string[]) => (events = events.filter((event) => !batch.includes(event)))

  /** What may be sent now, from a position on; forgets everything when the visitor is not to be counted. */
  const batchFrom = (start: number): string[] => {
    events = fresh(events, clock.now())
    if (ignored()) spool.save(events.splice(0), [])
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
      drop(batch)
      spool.save(batch, [])
      return flush()
    }
    spool.save([], events)
    clock.later(
      () => {
        busy = false
        flush()
      },
      wait + 1e3 * 2 ** Math.min(failures++, 6) * (0.5 + Math.random() / 2),
    )
  }

  return {
    add(event, urgent) {
      events = [...events, event].slice(-1000)
      if (urgent || events.length > 19) flush()
      else if (!timed) {
        timed = true
        clock.later(() => {
          timed = false
          flush()
        }, 1e3)
      }
    },
    flush,
    leave() {
      let start = underWay
      let batch = batchFrom(start)
      // In an outage the next page sends what is spooled; without storage a beacon is all there is.
      if (failures && spool.save([], events)) return
      while (batch.length && beacon(url, body(batch))) {
        if (failures) start += batch.length
        else drop(batch)
        batch = batchFrom(start)
      }
      spool.save([], events)
    },
  }
}
