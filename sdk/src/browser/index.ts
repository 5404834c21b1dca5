import { optOut as stopCounting } from "./spool.ts"
import { start, type Options, type Properties, type Tracker } from "./tracker.ts"

export type { Json, Options, Properties, Tracker } from "./tracker.ts"

let tracker: Tracker | undefined

/**
 * Starts the tracker on this page. Does nothing on a server, and leaves the tracker be that a script tag or another copy
 * of this package has started. A `host` that is no URL is told on the
 * console; nothing is thrown.
 */
export const init = (options: Options): void => {
  if (typeof window === "undefined") return
  try {
    tracker ??= start({ ...options, host: options.host.replace(/\/*$/, "/") })
  } catch (error) {
    // oxlint-disable-next-line no-console -- the developer's only sign that nothing will be counted
    console.warn("Footfall does not run:", error)
  }
}

/** Reports that something happened that you gave a name. Before `init` it does nothing. */
export const track = (name: string, properties?: Properties): void => tracker?.track(name, properties)

/** Reports a view of the present page; only needed with `auto: false`. */
export const pageview = (properties?: Properties): void => tracker?.pageview(properties)

/** Sends at once what waits, unless an earlier attempt has failed and its time to retry has not come. */
export const flush = async (): Promise<void> => tracker?.flush()

/** From now on nothing is sent from this browser for this site, and what waits is forgotten. False when storage is blocked. */
export const optOut = (): boolean => {
  const stopped = typeof window !== "undefined" && stopCounting()
  void flush()
  return stopped
}

/** Takes `optOut` back. */
export const optIn = (): void => {
  try {
    localStorage.removeItem("footfall_ignore")
  } catch {
    // Blocked storage never held it.
  }
}
