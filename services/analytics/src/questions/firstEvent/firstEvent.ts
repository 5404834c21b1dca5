import type { FirstEventAnswer } from "@footfall/contracts/generated/analytics"
import { Effect } from "effect"
import { iso } from "../../domain/iso.ts"
import { type Subject, Warehouse } from "../../Warehouse.ts"
import { firstEvent } from "./firstEvent.sql.ts"

/** The earliest event of a project. */
export const answerFirstEvent = Effect.fn("Questions.firstEvent")(function* (subject: Subject) {
  const { rows } = yield* (yield* Warehouse).read(subject, firstEvent(subject.id))
  const first = rows[0]
  if (first === undefined) return { event: null } satisfies FirstEventAnswer
  const { at, ...event } = first
  return { event: { ...event, timestamp: iso(at) } } satisfies FirstEventAnswer
})
