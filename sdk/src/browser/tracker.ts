import { attempt } from "./attempt.ts"
import { watchClicks } from "./clicks.ts"
import { systemClock, type Clock } from "./clock.ts"
import { watchNavigation } from "./navigation.ts"
import { openOutbox } from "./outbox.ts"
import { uuidv7 } from "./uuid.ts"

/** A JSON value. */
export type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json }

/** Your own facts about an event: at most 64 keys in all, 5 levels deep, 1,000 characters per string. */
export type Properties = { [name: string]: Json }

/** What the tracker has to know. */
export interface Options {
  /** The write key of the project (`ffw_…`); it is public. */
  key: string
  /** Where the Footfall ingest service is, such as `https://events.example.com/`; events go to `v1/events` below it. */
  host: string
  /** Count page views by itself; yes when absent. */
  auto?: boolean
  /** Send the fragment of addresses and count its changes as page views; no when absent. */
  hash?: boolean
}

/** What runs on a page, as `window.footfall`. No call throws. */
export interface Tracker {
  /** Reports that something happened that you gave a name. */
  track(name: string, properties?: Properties): void
  /** Reports a view of the present page; only needed without automatic page views. */
  pageview(properties?: Properties): void
  /** Sends at once what waits. */
  flush(): Promise<void>
}

interface Stub extends Partial<Tracker> {
  /** Calls of `track` made before the tracker was there. */
  q?: [string, Properties?][]
}

/** Starts the tracker on this page, or answers with the one that runs already. */
export const start = ({ key, host, auto = true, hash = false }: Options, clock: Clock = systemClock): Tracker => {
  const page = window as unknown as { footfall?: Stub }
  const stub = page.footfall
  if (stub?.flush) return stub as Tracker

  const outbox = openOutbox(new URL("v1/events", host).href, key, clock)
  let referrer: string | undefined = document.referrer.slice(0, 4096) || undefined

  // Properties may be no JSON, such as a cycle.
  const record = (urgent: boolean, facts: object) =>
    attempt(() => {
      const now = clock.now()
      const url = (hash ? location.href : location.href.split("#")[0]!).slice(0, 4096)
      const event = { id: uuidv7(now), timestamp: new Date(now).toISOString(), url, ...facts }
      if (url.startsWith("http")) outbox.add(JSON.stringify(event), urgent)
    })

  const tracker: Tracker = {
    track: (name, properties) => record(false, { kind: "event", name, properties, referrer }),
    pageview: (properties) => {
      record(true, { kind: "pageview", title: document.title.slice(0, 512), referrer, properties })
      referrer = undefined
    },
    flush: outbox.flush,
  }
  page.footfall = tracker

  const begin = () => {
    if (auto) {
      tracker.pageview()
      watchNavigation(hash, tracker.pageview)
    }
    outbox.flush()
  }
  if ((document as { prerendering?: boolean }).prerendering) document.addEventListener("prerenderingchange", begin)
  else begin()

  watchClicks(tracker.track)
  addEventListener("pagehide", outbox.leave)
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && outbox.leave())
  for (const call of stub?.q ?? []) tracker.track(...call)
  return tracker
}
