import { tell } from "./tell.ts"

const bytes = (event: string) => new Blob([event]).size

/**
 * The longest run of events from the head that one request may carry: below the 64 KiB that browsers allow for keepalive
 * and beacons, envelope included; at least one event when there is any.
 */
export const fitting = (events: string[]): string[] => {
  let total = 0
  return events.filter((event, index) => (total += bytes(event)) < 6e4 || !index)
}

/**
 * Sends a body as text/plain, which needs no preflight. Answers -1 when the matter is settled (accepted, or refused for
 * good), else how many milliseconds the server wants us to wait (0 when it did not say) before the same is sent again.
 * The first refusal is told on the console.
 */
export const post = async (url: string, body: string): Promise<number> => {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      credentials: "omit",
      keepalive: bytes(body) < 65e3,
      signal: AbortSignal.timeout?.(3e4),
    })
    const { status } = answer
    if (status == 408 || status == 429 || status > 499) return +answer.headers.get("retry-after")! * 1e3 || 0
    // Not 202: no Footfall, or one that says why, such as for a wrong key.
    if (status != 202) tell(url, status, await answer.text())
    return -1
  } catch {
    return 0
  }
}
