import type { DeadLetter, Lease, PartitionLog } from "@footfall/event-log/PartitionLog"
import type { ClickHouse } from "@footfall/platform/ClickHouse"
import type { SessionRow } from "@footfall/warehouse/SessionRow"
import { Effect, Result } from "effect"
import { History, type Window } from "../domain/History.ts"
import { rebuilt } from "../domain/rebuilt.ts"
import { Recent } from "../domain/Recent.ts"
import { decodeSeen } from "../domain/seenChunk.ts"
import { SeenIds } from "../domain/SeenIds.ts"
import { IDLE_MS, LONGEST_MS, mayBeForgotten, REMEMBERED_MS, type Session, UNKNOWN, type VisitorState } from "../domain/Session.ts"
import { decodeState } from "../domain/sessionState.ts"
import type { Enriched } from "./enrich.ts"
import { readEvents, readSessions } from "./readBack.ts"
import { idsOf, type Past, visitorsOf } from "./sessionize.ts"
import type { Tenure } from "./tenure.ts"

/** Visitors whose committed sessions are remembered, per partition. */
const REMEMBERED_VISITORS = 10_000

/**
 * What the owner of a partition remembers of its committed state. Only the owner changes that state, so what was read once
 * under a lease stays right until the lease ends; then the memory is thrown away with it.
 */
export interface Memory {
  readonly seen: SeenIds
  readonly states: Recent<VisitorState>
}

/** What a batch needs to know of the past. */
export interface Recalled {
  readonly past: Past
  /** States that could not be read. */
  readonly letters: ReadonlyArray<DeadLetter>
  /** Whose they were; their states have to be written anew. */
  readonly lost: ReadonlySet<string>
}

/** Begins a tenure: reads all seen event ids of the partition. Sessions are read when they are asked for. */
export const remember = Effect.fn("remember")(function* (log: PartitionLog["Service"], lease: Lease) {
  const seen = new SeenIds()
  yield* log.seen(lease, (chunk) => decodeSeen(chunk, seen))
  return { seen, states: new Recent(REMEMBERED_VISITORS) } satisfies Memory as Memory
})

const letterOf = (partition: number, visitor: string, state: string, reason: string): DeadLetter => ({
  partition,
  id: `session ${visitor}`,
  reason: `the session state cannot be read and is made anew from the warehouse: ${reason}`,
  content: state,
})

/** The part of the past that states cannot tell: around events so old that their sessions may be forgotten, and of visitors whose state is lost. */
const windowsOf = (enriched: ReadonlyArray<Enriched>, lost: ReadonlySet<string>): ReadonlyArray<Window> => {
  const windows = new Map<string, Window>()
  for (const one of enriched) {
    if (one.client.botSignal !== "") continue
    const { projectId, visitorId, receivedAt, event } = one
    const ids = idsOf(one)
    const isLost = lost.size > 0 && ids.some((id) => lost.has(id))
    if (!isLost && !mayBeForgotten(event.at, receivedAt)) continue
    const reach = LONGEST_MS + IDLE_MS
    const span = isLost
      ? { from: Math.min(event.at, receivedAt - REMEMBERED_MS) - reach, to: Math.max(event.at, receivedAt) + reach }
      : { from: event.at - reach, to: event.at + reach }
    const known = windows.get(visitorId)
    windows.set(visitorId, {
      projectId,
      visitorIds: [...new Set([...(known?.visitorIds ?? []), ...ids])],
      from: Math.min(known?.from ?? Infinity, span.from),
      to: Math.max(known?.to ?? -Infinity, span.to),
    })
  }
  return [...windows.values()]
}

/** Reads back what windows hold and adds it to what is known: sessions that no state has. */
const readBack = Effect.fn("readBack")(function* (
  clickhouse: ClickHouse["Service"],
  own: Tenure,
  windows: ReadonlyArray<Window>,
  batch: ReadonlySet<string>,
  receivedAt: number,
  states: Map<string, VisitorState>,
  history: History,
) {
  const rows = yield* readSessions(clickhouse, own, windows)
  if (rows.length === 0) return
  const added = new Set<string>()
  const byVisitor = Map.groupBy(rows, ({ visitorId }) => visitorId)
  const wanted = windows.flatMap((window) => {
    const known = window.visitorIds.flatMap((id) => states.get(id)?.sessions ?? [])
    // What overlaps with a session that is known is that session, as the batch left it before it was cut off.
    const isNew = (row: SessionRow) => !known.some(({ startedAt, endedAt }) => startedAt <= row.endedAt && row.startedAt <= endedAt)
    const own = window.visitorIds.flatMap((id) => byVisitor.get(id) ?? []).filter(isNew)
    if (own.length === 0) return []
    const from = Math.min(...own.map(({ startedAt }) => startedAt))
    const to = Math.max(...own.map(({ endedAt }) => endedAt))
    return [{ rows: own, window: { ...window, from: Math.min(from, window.from), to: Math.max(to, window.to) } }]
  })
  const answers = yield* readEvents(
    clickhouse,
    own,
    wanted.map(({ window }) => window),
  )
  wanted.forEach(({ rows: own, window }, index) => {
    // What the batch itself stored before it was cut off is not the past.
    const events = answers[index]?.filter(({ id }) => !batch.has(id))
    history.add(window, events)
    if (events === undefined) return
    for (const row of own) {
      if (added.has(row.sessionId)) continue
      const session = rebuilt(row, events, receivedAt)
      if (session === undefined) continue
      added.add(row.sessionId)
      addTo(states, session.visitorId, session)
      const next = session.nextVisitorId
      if (next !== "") states.set(next, { ...(states.get(next) ?? UNKNOWN), continues: session.visitorId })
    }
  })
})

const addTo = (states: Map<string, VisitorState>, visitorId: string, session: Session) => {
  const state = states.get(visitorId) ?? UNKNOWN
  states.set(visitorId, { ...state, sessions: [...state.sessions, session] })
}

/**
 * What a batch needs to know of its visitors, from memory where possible, else from the log's states, else from the warehouse. A state
 * that cannot be read is set aside and made anew from the warehouse.
 */
export const recall = Effect.fn("recall")(function* (
  log: PartitionLog["Service"],
  clickhouse: ClickHouse["Service"],
  own: Tenure,
  memory: Memory,
  enriched: ReadonlyArray<Enriched>,
) {
  const { lease } = own
  const states = new Map<string, VisitorState>()
  const letters: Array<DeadLetter> = []
  const lost = new Set<string>()

  const load = Effect.fnUntraced(function* (visitors: Iterable<string>) {
    const unknown: Array<string> = []
    for (const visitor of visitors) {
      if (states.has(visitor)) continue
      const state = memory.states.get(visitor)
      if (state === undefined) unknown.push(visitor)
      else states.set(visitor, state)
    }
    const kept = yield* log.sessions(lease, unknown)
    unknown.forEach((visitor, index) => {
      const text = kept[index]
      const state = text === undefined ? Result.succeed(UNKNOWN) : decodeState(text)
      if (Result.isFailure(state)) {
        letters.push(letterOf(lease.partition, visitor, text!, state.failure.reason))
        lost.add(visitor)
        return
      }
      memory.states.set(visitor, state.success)
      states.set(visitor, state.success)
    })
  })

  yield* load(visitorsOf(enriched))
  yield* load([...states.values()].map(({ continues }) => continues).filter((id) => id !== ""))

  const history = new History()
  const windows = windowsOf(enriched, lost)
  if (windows.length > 0) {
    const batch = new Set(enriched.map(({ event }) => event.id))
    const receivedAt = Math.max(...enriched.map((one) => one.receivedAt))
    yield* readBack(clickhouse, own, windows, batch, receivedAt, states, history)
  }
  return { past: { states, history }, letters, lost } satisfies Recalled as Recalled
})

/** Reads the parts of the history that sessions turned out to need. */
export const readHistory = Effect.fn("readHistory")(function* (
  clickhouse: ClickHouse["Service"],
  own: Tenure,
  windows: ReadonlyArray<Window>,
  history: History,
  enriched: ReadonlyArray<Enriched>,
) {
  const batch = new Set(enriched.map(({ event }) => event.id))
  const answers = yield* readEvents(clickhouse, own, windows)
  windows.forEach((window, index) =>
    history.add(
      window,
      answers[index]?.filter(({ id }) => !batch.has(id)),
    ),
  )
})
