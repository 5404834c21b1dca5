import type { Tracking } from "@footfall/contracts/generated/analytics"
import { Clock, Effect } from "effect"
import { iso } from "../../domain/iso.ts"
import { type Subject, Warehouse } from "../../Warehouse.ts"
import { meta } from "../answer.ts"
import { botEvents, latestEvent } from "./tracking.sql.ts"

/** How far back events of bots are counted, ms. */
const BOTS_MS = 24 * 60 * 60_000

const timeOrNull = (instant = 0) => (instant > 0 ? iso(instant) : null)

/** When the newest event happened, and the events that were set aside as those of bots. */
export const answerTracking = Effect.fn("Questions.tracking")(function* (subject: Subject) {
  const warehouse = yield* Warehouse
  const now = yield* Clock.currentTimeMillis
  const [latest, bots] = yield* Effect.all(
    [
      warehouse.read(subject, latestEvent(subject.id)),
      warehouse.read(subject, botEvents({ projectId: subject.id, from: now - BOTS_MS, to: now + 1 })),
    ],
    { concurrency: 2 },
  )
  const [{ events, latest: latestBot, signal } = { events: 0, latest: 0, signal: "" }] = bots.rows
  const answer: Tracking = {
    latestEventAt: timeOrNull(latest.rows[0]?.latest),
    bots: { events, latestEventAt: timeOrNull(latestBot), latestSignal: events === 0 ? null : signal },
    meta: meta(latest.cost, bots.cost),
  }
  return answer
})
