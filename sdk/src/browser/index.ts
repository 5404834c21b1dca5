import { optOut as remember } from "./spool.ts"
import { tell } from "./tell.ts"
import { start, type Options, type Properties, type Page, type Tracker } from "./tracker.ts"

export type { Json, Options, Properties, Tracker } from "./tracker.ts"

let tracker: Tracker | undefined

/**
 * Starts the tracker on this page. Does nothing on a server, nor when a script tag or another copy of this package has
 * started one for this write key. One that was started for another key goes on, and calls then report to both projects.
 * A `host` that is no URL is told on the console; nothing is thrown.
 */
export const init = (options: Options): void => {
  if (typeof window == "undefined") return
  try {
    start(options)
    tracker = (window as Page).footfall as Tracker
  } catch (error) {
    tell(error)
  }
}

/** Reports that something happened that you gave a name. Before `init` it does nothing. */
export const track = (name: string, properties?: Properties): void => tracker?.track(name, properties)

/** Reports a view of the present page; only needed with `auto: false`. */
export const pageview = (properties?: Properties): void => tracker?.pageview(properties)

/** Sends at once what waits, unless an earlier attempt has failed and its time to retry has not come. */
export const flush = async (): Promise<void> => tracker?.flush()

/** From now on nothing is sent from this browser for this site, and what waits is forgotten. False when storage is blocked, and on a server. */
export const optOut = (): boolean => typeof window != "undefined" && remember()

/** Takes `optOut` back. */
export const optIn = (): void => {
  try {
    delete localStorage.footfall_ignore
  } catch {
    // Blocked storage, or a server, never held it.
  }
}
