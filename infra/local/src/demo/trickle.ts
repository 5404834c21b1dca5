import { setTimeout as pause } from "node:timers/promises"
import type { History } from "./history.ts"
import { LiveTraffic } from "./live.ts"
import { Random } from "./random.ts"
import { sendBatch, type Sender } from "./send.ts"

/** What live traffic goes on from. */
export interface Past extends Pick<History, "people" | "pace" | "underway"> {
  /** When it ended, epoch ms. */
  readonly to: number
}

/**
 * Sends live traffic from the end of the past on, each event as it happens, until the signal; waits as long as it takes while the server
 * is away. `onSent` learns up to when everything is sent. Returns how many events that were.
 */
export const trickle = async (
  sender: Sender,
  past: Past,
  seed: number,
  say: (line: string) => void,
  onSent: (until: number) => void,
): Promise<number> => {
  const traffic = new LiveTraffic(past, new Random(seed), past.to)
  const patient: Sender = {
    ...sender,
    patienceMs: Number.POSITIVE_INFINITY,
    onWait: (waits) => say(waits ? "\nIngest does not answer; trying again until it does …" : "\nIngest is back."),
  }
  let sent = 0
  try {
    for (;;) {
      const now = Date.now()
      const due = traffic.due(now)
      for (let i = 0; i < due.length; i += 500)
        sent += (
          await sendBatch(
            patient,
            due.slice(i, i + 500).map((one) => one.event),
          )
        ).accepted
      if (due.length > 0) onSent(now)
      const last = due.at(-1)?.event
      if (last !== undefined && process.stdout.isTTY) {
        const what = last.kind === "event" ? `"${last.name}"` : new URL(last.url).pathname
        process.stdout.write(`\r\u001b[2KLive: ${sent} events, last ${what} (Ctrl-C to stop)`)
      }
      await pause(250, undefined, { signal: sender.signal })
    }
  } catch (cause) {
    if (!sender.signal.aborted) throw cause
    return sent
  }
}
