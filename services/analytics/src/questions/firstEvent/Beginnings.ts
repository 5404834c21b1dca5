import { Clock, Context, Effect, Layer } from "effect"
import type { Millis } from "../../domain/TimeZone.ts"
import { type Subject, type Unanswered, Warehouse } from "../../Warehouse.ts"
import { firstEvent } from "./firstEvent.sql.ts"

/** How long the time of a project's first event is taken as known, and of how many projects. */
const KNOWN_MS = 60_000
const PROJECTS = 10_000

/** When projects began: asked for with every time series, and changed only by imports and erasures. */
export class Beginnings extends Context.Service<
  Beginnings,
  {
    /** The time of the project's first event, at most a minute out of date; undefined before there is one. */
    of(subject: Subject): Effect.Effect<Millis | undefined, Unanswered>
  }
>()("@footfall/analytics/Beginnings") {
  static readonly layer = Layer.effect(
    Beginnings,
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const known = new Map<string, { readonly at: Millis; readonly until: Millis }>()
      return Beginnings.of({
        of: Effect.fnUntraced(function* (subject) {
          const now = yield* Clock.currentTimeMillis
          const found = known.get(subject.id)
          if (found !== undefined && now < found.until) return found.at
          const first = (yield* warehouse.read(subject, firstEvent(subject.id))).rows[0]
          if (known.size >= PROJECTS) known.clear()
          if (first === undefined) known.delete(subject.id)
          else known.set(subject.id, { at: first.at, until: now + KNOWN_MS })
          return first?.at
        }),
      })
    }),
  )
}
