import { encodeBatch } from "@footfall/event-log/codec"
import type { LoggedBatch } from "@footfall/event-log/LoggedBatch"
import type { DeadLetter } from "@footfall/event-log/PartitionLog"
import { Effect, Result } from "effect"
import type { Geo } from "../../src/domain/Geo.ts"
import { History } from "../../src/domain/History.ts"
import { decodeSeen, encodeSeen } from "../../src/domain/seenChunk.ts"
import { SeenIds } from "../../src/domain/SeenIds.ts"
import type { VisitorState } from "../../src/domain/Session.ts"
import { decodeState, encodeState } from "../../src/domain/sessionState.ts"
import { decode } from "../../src/pipeline/decode.ts"
import { deduplicate } from "../../src/pipeline/deduplicate.ts"
import { encode } from "../../src/pipeline/encode.ts"
import { enrich, type Enriched } from "../../src/pipeline/enrich.ts"
import { sessionize, visitorsOf } from "../../src/pipeline/sessionize.ts"
import { MemoryWarehouse } from "./memoryWarehouse.ts"

/** Places by the last part of an address, so that a test can have several. */
const geo: Geo["Service"] = { locate: (ip) => ({ country: ip === "" ? "" : "DE", region: "", city: ip === "" ? "" : `Town ${ip.at(-1)}` }) }

/** Everything that a partition's log leads to. */
export interface Outcome {
  readonly events: ReadonlyArray<string>
  readonly botEvents: ReadonlyArray<string>
  /** Lines of sessions that are left when lines with opposite signs took each other out. */
  readonly sessions: ReadonlyArray<string>
  readonly states: ReadonlyMap<string, string>
  readonly letters: ReadonlyArray<DeadLetter>
}

/**
 * Runs batches through the steps one after the other. All state passes through its stored form between batches, and every
 * `crashEvery`th batch is stored twice, as by an owner that dies before the commit.
 */
export const outcomeOf = (batches: ReadonlyArray<LoggedBatch>, crashEvery = Infinity): Outcome => {
  const states = new Map<string, string>()
  const chunks: Array<Buffer> = []
  const letters: Array<DeadLetter> = []
  const warehouse = new MemoryWarehouse()

  const stateOf = (visitor: string): VisitorState =>
    Result.getOrThrow(decodeState(states.get(visitor) ?? encodeState({ sessions: [], continues: "" })))

  const pastOf = (enriched: ReadonlyArray<Enriched>) => {
    const known = new Map([...visitorsOf(enriched)].map((visitor) => [visitor, stateOf(visitor)]))
    for (const { continues } of [...known.values()]) if (continues !== "" && !known.has(continues)) known.set(continues, stateOf(continues))
    return { states: known, history: new History() }
  }

  const sessionized = (enriched: ReadonlyArray<Enriched>) => {
    const past = pastOf(enriched)
    const batch = new Set(enriched.map(({ event }) => event.id))
    for (let round = 0; ; round++) {
      if (round > 50) throw new Error("the history that is read does not suffice")
      const found = sessionize(enriched, past)
      if ("states" in found) return found
      for (const window of found)
        past.history.add(
          window,
          warehouse.eventsIn(window).filter(({ id }) => !batch.has(id)),
        )
    }
  }

  batches.forEach((batch, index) => {
    const seen = new SeenIds()
    for (const chunk of chunks) decodeSeen(chunk, seen)
    const decoded = Effect.runSync(decode(0, [{ id: `${index}-1`, bytes: encodeBatch(batch) }]))
    const deduplicated = deduplicate(decoded.arrived, seen)
    const enriched = enrich(deduplicated.fresh, geo)
    const first = sessionized(enriched)
    warehouse.store(first.events, encode(first), first.corrections)
    let last = first
    if ((index + 1) % crashEvery === 0) {
      // What came before the corrections is there once, by its tokens; the corrections are made again.
      last = sessionized(enriched)
      warehouse.store([], { events: [], bot_events: [], sessions: [] }, last.corrections)
    }
    letters.push(...decoded.letters)
    chunks.push(encodeSeen(deduplicated.seen, deduplicated.newest))
    for (const [visitor, state] of last.states) states.set(visitor, encodeState(state))
  })
  return { ...warehouse.rows, states, letters }
}
