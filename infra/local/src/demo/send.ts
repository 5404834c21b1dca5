import { setTimeout as pause } from "node:timers/promises"
import type { DemoEvent, Happening } from "./event.ts"
import { Unable } from "../unable.ts"

/** Where the events go, and how to stop sending. */
export interface Sender {
  readonly ingestUrl: string
  readonly secretKey: string
  readonly signal: AbortSignal
  /** Called once when the server asks us to wait, and again when it takes events once more. */
  readonly onWait?: (waiting: boolean) => void
  /** How long to go on trying while the server is unreachable or asks to wait, milliseconds; two minutes unless set. */
  readonly patienceMs?: number
}

/** What became of the events. */
export interface Sent {
  readonly accepted: number
  readonly refused: number
}

/** The server's answer to one batch; undefined when there was none. */
const post = async (sender: Sender, body: string): Promise<Response | undefined> => {
  try {
    return await fetch(`${sender.ingestUrl}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${sender.secretKey}` },
      body,
      signal: AbortSignal.any([sender.signal, AbortSignal.timeout(30_000)]),
    })
  } catch (cause) {
    sender.signal.throwIfAborted()
    if (cause instanceof TypeError || (cause instanceof DOMException && cause.name === "TimeoutError")) return undefined
    throw cause
  }
}

/** Sends one batch of at most 500 events until it is accepted, waiting as long as the server asks (429, 503); the events' ids make repeating harmless. */
export const sendBatch = async (sender: Sender, events: ReadonlyArray<DemoEvent>): Promise<Sent> => {
  const body = JSON.stringify({ sentAt: new Date().toISOString(), events })
  const deadline = Date.now() + (sender.patienceMs ?? 120_000)
  let waiting = false
  for (;;) {
    const answer = await post(sender, body)
    if (waiting && answer?.status === 202) sender.onWait?.(false)
    if (answer?.status === 202) return (await answer.json()) as Sent
    const detail = await answer?.text()
    if (answer?.status === 401)
      throw new Unable('The key of the demo project is not known any more: run "npm run demo -- --again" to make a new project.')
    if (answer !== undefined && answer.status !== 429 && answer.status < 500)
      throw new Unable(`Ingest refused a batch with ${answer.status}: ${detail}`)
    if (Date.now() > deadline)
      throw new Unable(`Ingest does not take events (last answer: ${answer?.status ?? "none"}); is "npm start" still running?`)
    if (!waiting) sender.onWait?.(true)
    waiting = true
    await pause(1000 * Math.max(Number(answer?.headers.get("retry-after") ?? 1) || 1, 0.2), undefined, { signal: sender.signal })
  }
}

/**
 * Sends events in their order, in batches of up to 500, `inFlight` of them at a time. `onSent` learns after each batch how many events
 * from the beginning are accepted without a gap, and what became of them in all.
 */
export const sendAll = async (
  sender: Sender,
  happenings: ReadonlyArray<Happening>,
  options: { readonly inFlight: number; readonly onSent: (contiguous: number, sent: Sent) => void },
): Promise<Sent> => {
  const size = 500
  const done = new Set<number>()
  let next = 0
  let contiguous = 0
  let sent: Sent = { accepted: 0, refused: 0 }
  const lane = async () => {
    while (next * size < happenings.length) {
      sender.signal.throwIfAborted()
      const batch = next++
      const result = await sendBatch(
        sender,
        happenings.slice(batch * size, (batch + 1) * size).map((one) => one.event),
      )
      sent = { accepted: sent.accepted + result.accepted, refused: sent.refused + result.refused }
      done.add(batch)
      while (done.delete(contiguous)) contiguous++
      options.onSent(Math.min(contiguous * size, happenings.length), sent)
    }
  }
  await Promise.all(Array.from({ length: options.inFlight }, lane))
  return sent
}
