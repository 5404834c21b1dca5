import type { EventBatch, Receipt } from "@footfall/contracts/generated/shared"
import { Refusal } from "@footfall/contracts/generated/shared"
import { ApiKeys, type KeyHolder } from "@footfall/control-plane/ApiKeys"
import type { ControlPlaneUnavailable, UnknownKey } from "@footfall/control-plane/errors"
import type { LogUnavailable } from "@footfall/event-log/EventLog"
import { Clock, Context, Effect, Layer, Schema } from "effect"
import { admit } from "./Admission.ts"
import { Collector } from "./Collector.ts"
import { groupsOf, type Sender } from "./grouping.ts"
import { RateLimit } from "./RateLimit.ts"
import { Visitors } from "./Visitors.ts"

/** The key is good, but for other things than sending events. */
export class ScopeMissing extends Schema.TaggedError<ScopeMissing>()("ScopeMissing", {}) {}

/** The sender has used up their allowance and may send again after `waitMs`. Nothing was stored. */
export class RateExceeded extends Schema.TaggedError<RateExceeded>()("RateExceeded", { waitMs: Schema.Finite }) {}

/** Not one event of the batch is acceptable. Nothing was stored. */
export class NothingAccepted extends Schema.TaggedError<NothingAccepted>()("NothingAccepted", { refusals: Schema.Array(Refusal) }) {}

/** A request to store events. */
export interface Offer {
  /** Whose key the sender showed. */
  readonly holder: KeyHolder
  readonly batch: EventBatch
  readonly sender: Sender
  /** Whose allowance the events use up. */
  readonly network: string
}

/** Why somebody may not send events. */
export type NotAdmitted = UnknownKey | ScopeMissing | ControlPlaneUnavailable

/** Why nothing of an offer was stored. */
export type Declined = RateExceeded | NothingAccepted | ControlPlaneUnavailable | LogUnavailable

/** Where events come in. */
export class Intake extends Context.Service<
  Intake,
  {
    /** Who may send events with this key, a write key or a secret key as it was sent. Cheap: asked before anything else is done for a request. */
    holderOf(key: string): Effect.Effect<KeyHolder, NotAdmitted>
    /** Fails while the network owes the project for bodies that were none; asked before a large body is inflated and parsed. */
    mayCost(holder: KeyHolder, network: string): Effect.Effect<void, RateExceeded>
    /** Charges the network for a body of so many bytes that was parsed and is no batch. */
    wasted(holder: KeyHolder, network: string, bytes: number): Effect.Effect<void>
    /** Succeeds when every accepted event is on the log; the receipt lists the others with their reasons. */
    accept(offer: Offer): Effect.Effect<Receipt, Declined>
  }
>()("@footfall/ingest/domain/Intake") {
  static readonly layer: Layer.Layer<Intake, never, ApiKeys | Visitors | RateLimit | Collector> = Layer.effect(
    Intake,
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const visitors = yield* Visitors
      const rateLimit = yield* RateLimit
      const collector = yield* Collector

      const store = ({ batch, sender, holder: { kind, projectId, keptParameters } }: Offer, receivedAt: number) => {
        const { accepted, refusals } = admit({ kind, receivedAt, sentAt: batch.sentAt, events: batch.events })
        if (accepted.length === 0) return Effect.fail(new NothingAccepted({ refusals }))
        const receipt: Receipt = { accepted: accepted.length, refused: refusals.length, refusals }
        return Effect.flatMapEager(visitors.on(receivedAt), (day) =>
          Effect.as(
            collector.collect(groupsOf(accepted, { projectId, kind, receivedAt, sender, client: batch.client, keptParameters }, day)),
            receipt,
          ),
        )
      }

      const accept = (offer: Offer, receivedAt: number): Effect.Effect<Receipt, Declined> => {
        if (offer.holder.kind === "secret") return store(offer, receivedAt)
        const waitMs = rateLimit.take(offer.holder.projectId, offer.network, offer.batch.events.length, receivedAt)
        return waitMs === 0 ? store(offer, receivedAt) : Effect.fail(new RateExceeded({ waitMs }))
      }

      return Intake.of({
        holderOf: (key) =>
          Effect.flatMap(keys.resolve(key), (holder) =>
            holder.kind === "write" || holder.scopes.includes("events:write") ? Effect.succeed(holder) : Effect.fail(new ScopeMissing()),
          ),
        mayCost: ({ kind, projectId }, network) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) => {
            const waitMs = kind === "secret" ? 0 : rateLimit.take(projectId, network, 0, now)
            return waitMs === 0 ? Effect.void : Effect.fail(new RateExceeded({ waitMs }))
          }),
        wasted: ({ kind, projectId }, network, bytes) =>
          Effect.map(Clock.currentTimeMillis, (now) => {
            if (kind === "write") rateLimit.waste(projectId, network, bytes, now)
          }),
        // No generator: it would keep the parsed batch until the log answers.
        accept: (offer) => Effect.flatMapEager(Clock.currentTimeMillis, (receivedAt) => accept(offer, receivedAt)),
      })
    }),
  )
}
