const PATIENCE_MS = 60_000

/**
 * A sender that never gives up: it repeats a batch, with the same event ids, until it is answered 202, and tells `onFailure` of every
 * attempt that was not (no answer, or one that asks to come back). Rejects when the batch itself is refused, or after a minute.
 */
export const sendUntilAccepted = async (
  url: string,
  key: string,
  events: ReadonlyArray<unknown>,
  onFailure: () => void = () => undefined,
): Promise<void> => {
  const body = JSON.stringify({ sentAt: new Date().toISOString(), events })
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await fetch(`${url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body,
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined)
    if (answer?.status === 202) return
    if (answer !== undefined && answer.status < 500) throw new Error(`${answer.status}: ${await answer.text()}`)
    if (Date.now() > deadline) throw new Error(`not accepted within ${PATIENCE_MS} ms; last answer ${answer?.status ?? "none"}`)
    onFailure()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
