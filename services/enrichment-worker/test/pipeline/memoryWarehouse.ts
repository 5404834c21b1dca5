import { encodeEventRow, type EventRow } from "@footfall/warehouse/EventRow"
import type { Correction } from "@footfall/warehouse/correct"
import { decodeOwn } from "@footfall/warehouse/ownAttributes"
import { compare, type SessionEvent } from "../../src/domain/Session.ts"
import type { Window } from "../../src/domain/History.ts"
import type { Lines } from "../../src/pipeline/encode.ts"

/** A database that keeps rows by their rules, so that hundreds of thousands of histories can be run through the steps in a minute. */
export class MemoryWarehouse {
  readonly #events = new Map<string, EventRow>()
  readonly #sessions = new Map<string, number>()
  readonly #botEvents: Array<string> = []

  store(events: ReadonlyArray<EventRow>, lines: Lines, corrections: ReadonlyArray<Correction>): void {
    for (const event of events) this.#events.set(`${event.projectId}/${event.eventId}/${event.receivedAt}`, event)
    this.#botEvents.push(...lines.bot_events)
    for (const line of lines.sessions) {
      const [, before, sign, version] = /^(.*),(-?1),(\d+)\]\n$/s.exec(line)!
      const key = `${before},${version}`
      const sum = (this.#sessions.get(key) ?? 0) + Number(sign)
      if (sum === 0) this.#sessions.delete(key)
      else this.#sessions.set(key, sum)
    }
    if (corrections.length > 0) this.#correct(corrections)
  }

  eventsIn({ projectId, visitorIds, from, to }: Window): ReadonlyArray<SessionEvent> {
    return [...this.#events.values()]
      .filter((row) => row.projectId === projectId && visitorIds.includes(row.visitorId) && row.timestamp >= from && row.timestamp <= to)
      .map(({ eventId: id, timestamp: at, kind, name, hostname, path, visitorId, own, attributes }) => {
        return { id, at, kind, name, hostname, path, visitorId, attributes: decodeOwn(own, attributes, path) }
      })
  }

  /** Rows in an order of their own. How `own` says what it says is left out: that depends on whether a row was corrected. */
  get rows() {
    const written = (row: EventRow) => ({ ...row, own: JSON.stringify(decodeOwn(row.own, row.attributes, row.path).values) })
    return {
      events: [...this.#events.values()].map((row) => encodeEventRow(written(row))).sort(),
      botEvents: this.#botEvents.toSorted(),
      sessions: [...this.#sessions].map(([key, sum]) => `${sum}x ${key}`).sort(),
    }
  }

  #correct(corrections: ReadonlyArray<Correction>): void {
    for (const [key, row] of this.#events) {
      const position = { at: row.timestamp, id: row.eventId }
      const found = corrections.find(
        ({ projectId, visitorIds, sessionIds, from, to }) =>
          projectId === row.projectId &&
          visitorIds.includes(row.visitorId) &&
          sessionIds.includes(row.sessionId) &&
          compare(from, position) <= 0 &&
          compare(position, to) <= 0,
      )
      if (found === undefined) continue
      const { sessionId, personId, attributes } = found
      const own = JSON.stringify(decodeOwn(row.own, row.attributes, row.path).values)
      this.#events.set(key, { ...row, own, sessionId, personId, attributes })
    }
  }
}
