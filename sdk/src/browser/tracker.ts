import { after } from "./after.ts"
import { watchClicks } from "./clicks.ts"
import { watchNavigation } from "./navigation.ts"
import { openOutbox, type Later } from "./outbox.ts"
import { optOut } from "./spool.ts"
import { tell } from "./tell.ts"
import { uuidv7 } from "./uuid.ts"

/** A JSON value. */
export type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json }

/** Your own facts about an event: at most 64 keys in all, 5 levels deep, 1,000 characters per string. */
export type Properties = { [name: string]: Json }

/** What the tracker has to know. */
export interface Options {
  /** The write key of the project (`ffw_…`); it is public. */
  key: string
  /** Where the Footfall ingest service is: its origin and, behind a proxy, the path, such as `https://example.com/stats`. */
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
  /** Sends at once what waits, unless an earlier attempt has failed and its time to retry has not come. */
  flush(): Promise<void>
  /** From now on nothing is sent from this browser for this site, and what waits is forgotten. False when storage is blocked. */
  optOut(): boolean
}

/** The page, where `window.footfall` is a stub with the calls made before the tracker was there, or the tracker, marked with its write keys. */
export interface Page {
  footfall?: Partial<Tracker> & { q?: Parameters<Tracker["track"]>[]; [key: string]: unknown }
}

/**
 * Puts a tracker on this page as `window.footfall`, unless one for this write key is there. One for another key joins the
 * one that is there: calls then report to both.
 */
export const start = ({ key, host, auto = true, hash }: Options, now = Date.now, later: Later = setTimeout): void => {
  const before = (window as Page).footfall
  if (before?.[key]) return

  const outbox = openOutbox(new URL(host.replace(/\/*$/, "/v1/events")).href, key, now, later)
  let referrer: string | undefined = document.referrer.slice(0, 4096) || undefined

  const address = () => (hash ? location.href : location.href.split("#")[0]!)

  const record = (urgent: boolean, facts: object) => {
    try {
      const url = address().slice(0, 4096)
      if (/^http/.test(url)) outbox.add(JSON.stringify({ id: uuidv7(now()), timestamp: new Date(now()), url, referrer, ...facts }), urgent)
      else tell(location.protocol, "pages are not counted")
    } catch {
      // Properties that are no JSON, such as a cycle: the page must not suffer.
    }
  }

  const track = (name: string, properties?: Properties) => record(false, { kind: "event", name, properties })
  // The referrer goes with the first view of a page load and with what comes before it.
  const pageview = (properties?: Properties) => {
    record(true, { kind: "pageview", title: document.title.slice(0, 512), properties })
    referrer = undefined
  }
  const { flush, leave } = outbox
  // What stands under the write key is its mark, and never called.
  const tracker: Page["footfall"] & object = { track, pageview, flush, optOut, [key]: flush }
  if (before?.flush) for (const name in tracker) after(before as Record<string, () => void>, name, tracker[name] as () => void)
  else (window as Page).footfall = tracker

  const begin = () => {
    if (auto) {
      pageview()
      watchNavigation(address, pageview)
    }
    flush()
  }
  if ((document as { prerendering?: boolean }).prerendering) document.addEventListener("prerenderingchange", begin)
  else begin()

  watchClicks(track)
  addEventListener("pagehide", leave)
  addEventListener("visibilitychange", leave)
  for (const call of before?.q ?? []) track(...call)
}
