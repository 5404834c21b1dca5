import { encodeBatch } from "@footfall/event-log/codec"
import type { LoggedBatch } from "@footfall/event-log/LoggedBatch"
import type { DeadLetter } from "@footfall/event-log/PartitionLog"
import { Effect } from "effect"
import type { Geo } from "../../src/domain/Geo.ts"
import { decodeSeen, encodeSeen } from "../../src/domain/seenChunk.ts"
import { SeenIds } from "../../src/domain/SeenIds.ts"
import { decodeState, encodeState } from "../../src/domain/sessionState.ts"
import { decode } from "../../src/pipeline/decode.ts"
import { deduplicate } from "../../src/pipeline/deduplicate.ts"
import { encode } from "../../src/pipeline/encode.ts"
import { enrich } from "../../src/pipeline/enrich.ts"
import { sessionize, visitorsOf } from "../../src/pipeline/sessionize.ts"

const geo: Geo["Service"] = { locate: (ip) => ({ country: ip === "" ? "" : "DE", region: "", city: ip === "" ? "" : "Berlin" }) }

/** Everything that a partition's log leads to, with a database that only collects lines. */
export interface Outcome {
  readonly events: ReadonlyArray<string>
  readonly botEvents: ReadonlyArray<string>
  /** Lines of sessions that are left when lines with opposite signs took each other out. */
  readonly sessions: ReadonlyArray<string>
  readonly states: ReadonlyMap<string, string>
  readonly letters: ReadonlyArray<DeadLetter>
}

const collapsed = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const sums = new Map<string, number>()
  for (const line of lines) {
    const [, before, sign, version] = /^(.*),(-?1),(\d+)\]\n$/s.exec(line)!
    const key = `${before},${version}`
    sums.set(key, (sums.get(key) ?? 0) + Number(sign))
  }
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([key, sum]) => `${sum}x ${key}`)
    .sort()
}

/**
 * Runs batches through the steps one after the other. All state passes through its stored form between batches, and every
 * `crashEvery`th batch is first processed in vain, as by an owner that dies before the commit.
 */
export const outcomeOf = (batches: ReadonlyArray<LoggedBatch>, crashEvery = Infinity): Outcome => {
  const states = new Map<string, string>()
  const chunks: Array<Buffer> = []
  const events: Array<string> = []
  const botEvents: Array<string> = []
  const sessions: Array<string> = []
  const letters: Array<DeadLetter> = []
  batches.forEach((batch, index) => {
    const attempt = () => {
      const seen = new SeenIds()
      for (const chunk of chunks) decodeSeen(chunk, seen)
      const decoded = Effect.runSync(decode(0, [{ id: `${index}-1`, bytes: encodeBatch(batch) }]))
      const deduplicated = deduplicate(decoded.arrived, seen)
      const enriched = enrich(deduplicated.fresh, geo)
      const committed = new Map([...visitorsOf(enriched)].map((visitor) => [visitor, decodeState(states.get(visitor) ?? encodeState([]))]))
      const sessionized = sessionize(enriched, committed)
      return { decoded, deduplicated, sessionized, lines: encode(sessionized) }
    }
    if ((index + 1) % crashEvery === 0) attempt()
    const { decoded, deduplicated, sessionized, lines } = attempt()
    events.push(...lines.events)
    botEvents.push(...lines.bot_events)
    sessions.push(...lines.sessions)
    letters.push(...decoded.letters)
    chunks.push(encodeSeen(deduplicated.seen, deduplicated.newest))
    for (const [visitor, of] of sessionized.states) states.set(visitor, encodeState(of))
  })
  return { events, botEvents, sessions: collapsed(sessions), states, letters }
}
