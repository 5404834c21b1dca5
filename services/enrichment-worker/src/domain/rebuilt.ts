import type { SessionRow } from "@footfall/warehouse/SessionRow"
import type { StoredEvent } from "@footfall/warehouse/stored"
import { OpenSession } from "./OpenSession.ts"
import { compare, type Session } from "./Session.ts"

/**
 * A session as it would be remembered, from its row and the events of its visitor. The events that lie within it are its events,
 * whichever session their rows name: the worker may have died between writing the one and correcting the other. None when no event
 * of it is left, or when the only ones are those of the batch that made it, which are not among these.
 */
export const rebuilt = (row: SessionRow, events: ReadonlyArray<StoredEvent>, touchedAt: number): Session | undefined => {
  const own = events.filter(({ at }) => at >= row.startedAt && at <= row.endedAt).sort(compare)
  const [first, ...others] = own
  if (first === undefined) return undefined
  const open = OpenSession.begin(row.projectId, first, touchedAt)
  for (const event of others) open.add(event, touchedAt)
  return { ...open.close().session, stored: { row, sessionIds: [...new Set([row.sessionId, ...own.map(({ sessionId }) => sessionId)])] } }
}
