import { NodeHttpServerRequest } from "@effect/platform-node"
import type { BadRequest, PayloadTooLarge, Receipt } from "@footfall/contracts/generated/shared"
import type { KeyHolder } from "@footfall/control-plane/ApiKeys"
import { networkOf, networksOf, type TrustedProxies } from "@footfall/platform/ClientAddress"
import { Data, Effect, Result } from "effect"
import type { HttpServerRequest } from "effect/http"
import type { Declined, Intake, NotAdmitted } from "../domain/Intake.ts"
import type { Strangers } from "../domain/Strangers.ts"
import { bodyReader } from "./body.ts"
import { bearerKey } from "./credential.ts"
import { EnvelopeScan } from "./EnvelopeScan.ts"
import { parseEnvelope, tooManyEvents } from "./envelope.ts"
import { keyFinder, type SearchExceeded } from "./keyInBody.ts"
import type { Parts } from "./parts.ts"
import type { EventsProblem } from "./problemOf.ts"
import { senderOf } from "./sender.ts"

/** Plain bodies up to this size, in bytes, are parsed at once: nothing in them costs more than a millisecond. */
const SMALL = 64 * 1024

/** Why a request is refused. */
export type Refusal = Declined | NotAdmitted | SearchExceeded | EventsProblem

/** A request is refused before anybody has shown a valid key. */
export class FromStranger extends Data.TaggedError("FromStranger")<{
  /** Where it comes from, the narrowest first. */
  readonly networks: ReadonlyArray<string>
  readonly refusal: Refusal
}> {}

/** The way of a request up to its receipt: the key first, then its body, then its events. */
export const receiver = (intake: Intake["Service"], strangers: Strangers["Service"], proxies: TrustedProxies, budget: number) => {
  const readBody = bodyReader(budget)
  const findKey = keyFinder(intake, strangers)

  const accept = (
    request: HttpServerRequest.HttpServerRequest,
    holder: KeyHolder,
    bytes: Buffer,
    key: string | undefined,
  ): Effect.Effect<Receipt, Declined | BadRequest> => {
    const sender = senderOf(request, proxies)
    const network = networkOf(sender.address)
    const batch = parseEnvelope(bytes, key)
    return Result.isSuccess(batch)
      ? intake.accept({ holder, batch: batch.success, sender, network })
      : Effect.andThen(intake.wasted(holder, network, bytes.length), Effect.fail(batch.failure))
  }

  /** All bytes of a body, unless it turns out to have too many events first. */
  const unpacked = (parts: Parts, scan: EnvelopeScan): Effect.Effect<Buffer, BadRequest | PayloadTooLarge> => {
    const look = (part: Buffer) => {
      scan.see(part)
      return scan.tooMany
    }
    return Effect.flatMap(parts.show(look), () => (scan.tooMany ? Effect.fail(tooManyEvents()) : Effect.succeed(parts.whole())))
  }

  const unpackAndAccept = (
    request: HttpServerRequest.HttpServerRequest,
    holder: KeyHolder,
    parts: Parts,
    scan: EnvelopeScan | undefined,
  ): Effect.Effect<Receipt, Declined | BadRequest | PayloadTooLarge> => {
    const key = scan?.key
    if (parts.isPlain && parts.bytes <= SMALL) return accept(request, holder, parts.whole(), key)
    const network = networkOf(senderOf(request, proxies).address)
    const charged = Effect.tapError(unpacked(parts, scan ?? new EnvelopeScan()), () => {
      parts.drop()
      return intake.wasted(holder, network, parts.whole().length)
    })
    return Effect.flatMap(intake.mayCost(holder, network), () => Effect.flatMap(charged, (bytes) => accept(request, holder, bytes, key)))
  }

  return (request: HttpServerRequest.HttpServerRequest): Effect.Effect<Receipt, Refusal | FromStranger> => {
    const networks = () => networksOf(senderOf(request, proxies).address)
    const stranger = (refusal: Refusal) =>
      refusal._tag === "ScopeMissing" || refusal._tag === "ControlPlaneUnavailable" || refusal._tag === "ServiceUnavailable"
        ? refusal
        : new FromStranger({ networks: networks(), refusal })
    const bearer = bearerKey(NodeHttpServerRequest.toIncomingMessage(request).headers.authorization)
    if (Result.isFailure(bearer)) return Effect.fail(stranger(bearer.failure))
    if (bearer.success !== undefined)
      return Effect.flatMap(Effect.mapError(intake.holderOf(bearer.success), stranger), (holder) =>
        Effect.flatMap(readBody(request), (parts) => unpackAndAccept(request, holder, parts, undefined)),
      )
    return Effect.flatMap(Effect.mapError(readBody(request), stranger), (parts) =>
      Effect.flatMap(
        Effect.mapError(findKey(parts, networks), (refusal) => {
          parts.drop()
          return stranger(refusal)
        }),
        ({ holder, scan }) => unpackAndAccept(request, holder, parts, scan),
      ),
    )
  }
}
