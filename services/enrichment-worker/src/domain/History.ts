import { compare, type Position, type SessionEvent } from "./Session.ts"

/** A part of what the warehouse has of a visitor: events of these ids between two times, both included, epoch milliseconds. */
export interface Window {
  readonly projectId: string
  readonly visitorIds: ReadonlyArray<string>
  readonly from: number
  readonly to: number
}

/** More events of one visitor id than this are not read back; their sessions stay as they are. */
export const MOST_EVENTS = 50_000

interface Read {
  readonly window: Window
  /** In order. Undefined when there were too many. */
  readonly events: ReadonlyArray<SessionEvent> | undefined
}

/** Events read back from the warehouse, without those of the batch at hand. */
export class History {
  readonly #reads: Array<Read> = []

  /** Remembers what was read for a window. */
  add(window: Window, events: ReadonlyArray<SessionEvent> | undefined): void {
    this.#reads.push({ window, events: events?.toSorted(compare) })
  }

  /** The events of a window in order; `"unread"` when it was not read yet, `"too many"` when it has more than can be worked with. */
  events({ projectId, visitorIds, from, to }: Window): ReadonlyArray<SessionEvent> | "unread" | "too many" {
    const read = this.#reads.findLast(
      ({ window }) =>
        window.projectId === projectId &&
        window.from <= from &&
        window.to >= to &&
        visitorIds.every((visitorId) => window.visitorIds.includes(visitorId)),
    )
    if (read === undefined) return "unread"
    return read.events?.filter((event) => event.at >= from && event.at <= to && visitorIds.includes(event.visitorId)) ?? "too many"
  }
}

/** The later of two positions. */
export const later = (a: Position, b: Position): Position => (compare(a, b) < 0 ? b : a)

/** The earlier of two positions. */
export const earlier = (a: Position, b: Position): Position => (compare(a, b) < 0 ? a : b)
