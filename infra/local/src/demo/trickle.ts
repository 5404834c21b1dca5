import { setTimeout as pause } from "node:timers/promises"
import { LiveTraffic } from "./live.ts"
import type { Population } from "./people.ts"
import type { Random } from "./random.ts"
import { sendBatch, type Sender } from "./send.ts"

/** Traffic begins this long ago (ms), so that people are on the site at once. */
const lead = 120_000

/** Sends about one event every two seconds, each as it happens, until the signal; waits as long as it takes while the server is away. Returns how many. */
export const trickle = async (sender: Sender, people: Population, random: Random, say: (line: string) => void): Promise<number> => {
  const traffic = new LiveTraffic(people, random, Date.now() - lead, 0.5)
  const patient: Sender = {
    ...sender,
    patienceMs: Number.POSITIVE_INFINITY,
    onWait: (waits) => say(waits ? "\nIngest does not answer; trying again until it does …" : "\nIngest is back."),
  }
  let sent = 0
  try {
    for (;;) {
      const due = traffic.due(Date.now())
      for (let i = 0; i < due.length; i += 500)
        sent += (
          await sendBatch(
            patient,
            due.slice(i, i + 500).map((one) => one.event),
          )
        ).accepted
      const last = due.at(-1)?.event
      if (last !== undefined && process.stdout.isTTY) {
        const what = last.kind === "event" ? `"${last.name}"` : new URL(last.url).pathname
        process.stdout.write(`\r\u001b[2KLive: ${sent} events, last ${what} (Ctrl-C ends it)`)
      }
      await pause(250, undefined, { signal: sender.signal })
    }
  } catch (cause) {
    if (!sender.signal.aborted) throw cause
    return sent
  }
}
