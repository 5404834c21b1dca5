import { type BadRequest, type PayloadTooLarge, Unauthorized } from "@footfall/contracts/generated/shared"
import type { KeyHolder } from "@footfall/control-plane/ApiKeys"
import { keyKind } from "@footfall/control-plane/secrets"
import { Clock, Effect, Schema } from "effect"
import type { Intake, NotAdmitted } from "../domain/Intake.ts"
import type { Strangers } from "../domain/Strangers.ts"
import { EnvelopeScan } from "./EnvelopeScan.ts"
import { tooManyEvents } from "./envelope.ts"
import type { Parts } from "./parts.ts"

/** The key stands so far back that looking for it is over the budget of strangers; it may be looked for again after `waitMs`. */
export class SearchExceeded extends Schema.TaggedError<SearchExceeded>()("SearchExceeded", { waitMs: Schema.Finite }) {}

/** Whose key a body holds. */
export interface Recognized {
  readonly holder: KeyHolder
  /** What was seen of the body on the way; its `key` is the one that was believed. */
  readonly scan: EnvelopeScan
}

const noKey = () =>
  new Unauthorized({ detail: "Send the write key of the project, as `Authorization: Bearer ffw_…` or as `key` in the body." })

const secretInBody = () =>
  new Unauthorized({ detail: "Send a secret key only in the Authorization header, as `Authorization: Bearer ffs_…`." })

/**
 * Finds the key in a body and tells whose it is, before the body is parsed, and before more of it is inflated than up to the key.
 * The first part is looked through for everybody; what lies behind it uses up the budget of strangers until a valid key is found.
 */
export const keyFinder =
  (intake: Intake["Service"], strangers: Strangers["Service"]) =>
  (
    parts: Parts,
    networks: () => ReadonlyArray<string>,
  ): Effect.Effect<Recognized, NotAdmitted | Unauthorized | SearchExceeded | BadRequest | PayloadTooLarge> =>
    Clock.clockWith((clock) => {
      const now = () => clock.currentTimeMillisUnsafe()
      const scan = new EnvelopeScan()
      let isFirst = true
      let spent = 0
      let waitMs = 0
      const look = (part: Buffer) => {
        if (!isFirst) waitMs = strangers.look(networks(), part.length, now())
        if (waitMs > 0) return true
        if (!isFirst) spent += part.length
        isFirst = false
        scan.see(part)
        return !scan.awaitsKey
      }
      const recognized = (): Effect.Effect<Recognized, NotAdmitted | Unauthorized | SearchExceeded | BadRequest> => {
        if (waitMs > 0) return Effect.fail(new SearchExceeded({ waitMs }))
        if (scan.tooMany) return Effect.fail(tooManyEvents())
        if (scan.key === undefined) return Effect.fail(noKey())
        if (keyKind(scan.key) === "secret") return Effect.fail(secretInBody())
        return Effect.map(intake.holderOf(scan.key), (holder) => {
          if (spent > 0) strangers.found(networks(), spent, now())
          return { holder, scan }
        })
      }
      return Effect.flatMap(parts.show(look), recognized)
    })
