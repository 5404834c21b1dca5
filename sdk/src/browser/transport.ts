import { attempt } from "./attempt.ts"

/** Bytes of events in one request: below the 64 KiB that browsers allow for keepalive and beacons, envelope included. */
const LIMIT = 6e4

const bytes = (event: string) => new Blob([event]).size

/** The longest run of events from the head that one request may carry; at least one event when there is any. */
export const fitting = (events: string[]): string[] => {
  let total = 0
  const end = events.findIndex((event) => (total += bytes(event)) > LIMIT)
  return end < 0 ? events : events.slice(0, end || 1)
}

/**
 * Sends a body as text/plain, which needs no preflight. Answers -1 when the matter is settled (accepted, or refused for
 * good), else how many milliseconds the server wants us to wait (0 when it did not say) before the same is sent again.
 */
export const post = async (url: string, body: string): Promise<number> => {
  try {
    const { status, headers } = await fetch(url, {
      method: "POST",
      body,
      credentials: "omit",
      keepalive: bytes(body) < 65e3,
      signal: AbortSignal.timeout?.(3e4),
    })
    if (/408|429|5../.test("" + status)) return +headers.get("retry-after")! * 1e3 || 0
    // oxlint-disable-next-line no-console -- the developer's only sign of a wrong key
    if (status > 299) console.warn("Footfall:", status)
    return -1
  } catch {
    return 0
  }
}

/** Hands a body to the browser to send after the page is gone; false when it will not. */
export const beacon = (url: string, body: string): boolean | undefined => attempt(() => navigator.sendBeacon(url, body))
