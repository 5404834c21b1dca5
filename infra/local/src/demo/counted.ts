import { setTimeout as pause } from "node:timers/promises"
import type { History } from "./history.ts"

/** Where to ask what has been counted. */
export interface Asked {
  readonly queryUrl: string
  readonly projectId: string
  readonly secretKey: string
  readonly signal: AbortSignal
}

/** The page views counted in [from, to) (epoch ms); undefined when there is no answer. */
const pageviews = async ({ queryUrl, projectId, secretKey, signal }: Asked, from: number, to: number): Promise<number | undefined> => {
  const range = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
  try {
    const answer = await fetch(`${queryUrl}/v1/projects/${projectId}/timeseries?${range}`, {
      headers: { authorization: `Bearer ${secretKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    })
    if (!answer.ok) return undefined
    return ((await answer.json()) as { totals: { pageviews: number } }).totals.pageviews
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** Waits until the dashboard shows all of the past; false when nothing more is counted for half a minute. */
export const untilCounted = async (
  asked: Asked,
  { happenings }: Pick<History, "happenings">,
  from: number,
  to: number,
): Promise<boolean> => {
  // Bots are counted apart.
  const expected = happenings.filter(({ event }) => event.kind === "pageview" && event.context.visitorId !== undefined).length
  let most = -1
  let grownAt = Date.now()
  for (;;) {
    const now = (await pageviews(asked, from, to)) ?? most
    if (now >= expected) return true
    if (now > most) grownAt = Date.now()
    else if (Date.now() - grownAt > 30_000) return false
    most = now
    await pause(1_000, undefined, { signal: asked.signal })
  }
}
