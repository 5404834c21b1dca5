import type { Online } from "@footfall/contracts/generated/analytics"
import { Clock, Effect } from "effect"
import { iso } from "../../domain/iso.ts"
import { type Subject, Warehouse } from "../../Warehouse.ts"
import { meta } from "../answer.ts"
import { online } from "./online.sql.ts"

/** How long somebody counts as online after their latest event, ms. */
const ONLINE_MS = 5 * 60_000

/** How many people are online now, and when the newest event of theirs arrived. */
export const answerOnline = Effect.fn("Questions.online")(function* (subject: Subject) {
  const now = yield* Clock.currentTimeMillis
  const { rows, cost } = yield* (yield* Warehouse).read(subject, online({ projectId: subject.id, from: now - ONLINE_MS, to: now + 1 }))
  const { visitors = 0, latest = 0 } = rows[0] ?? {}
  const answer: Online = { visitors, latestArrival: latest > 0 ? iso(latest) : null, meta: meta(cost) }
  return answer
})
