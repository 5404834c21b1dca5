import { Bearer as AnalyticsBearer } from "@footfall/contracts/generated/analytics"
import { Bearer as ManagementBearer } from "@footfall/contracts/generated/management"
import { Forbidden, Unauthorized } from "@footfall/contracts/generated/shared"
import { Principal, type PrincipalShape } from "@footfall/contracts/principal"
import { RequiredScopes } from "@footfall/contracts/runtime"
import { ApiKeys } from "@footfall/control-plane/ApiKeys"
import { problem } from "@footfall/platform/Problem"
import { Context, Effect, Layer, Match, Option, Redacted, type Types } from "effect"
import type { HttpServerResponse } from "effect/http"
import { Accounts } from "@footfall/access/Accounts"

const NOBODY = "The credential is missing, unknown, expired or revoked."

/** Which of the scopes that an operation names a principal lacks. People need none; what they may do is decided by their roles. */
const missingScopes = (principal: PrincipalShape, required: ReadonlyArray<string>): ReadonlyArray<string> =>
  Match.valueTags(principal, {
    User: () => [],
    SecretKey: ({ scopes }) => required.filter((scope) => !scopes.some((own) => own === scope)),
    SharedLink: () => required.filter((scope) => scope !== "stats:read"),
  })

/**
 * Finds out who asks: a person by their session token, or a project by a secret key, which also needs the scope that the
 * operation names. Write keys are public and open nothing here.
 */
const make = Effect.gen(function* () {
  const accounts = yield* Accounts
  const keys = yield* ApiKeys

  const principalOf = Effect.fnUntraced(function* (credential: string) {
    if (credential === "" || credential.startsWith("ffw_")) return yield* new Unauthorized({ detail: NOBODY })
    if (credential.startsWith("ffs_")) {
      const holder = yield* Effect.catchTag(keys.resolve(credential), "UnknownKey", () => Effect.fail(new Unauthorized({ detail: NOBODY })))
      return { _tag: "SecretKey", id: credential.slice(0, 8), projectId: holder.projectId, scopes: holder.scopes } satisfies PrincipalShape
    }
    const person = yield* accounts.holder(credential)
    if (person === undefined) return yield* new Unauthorized({ detail: NOBODY })
    return { _tag: "User", id: person.id, memberships: person.memberships } satisfies PrincipalShape
  })

  const bearer: (typeof AnalyticsBearer.Service)["bearer"] = (handler, { credential, endpoint }) =>
    principalOf(Redacted.value(credential)).pipe(
      Effect.flatMap((principal: PrincipalShape): Effect.Effect<HttpServerResponse.HttpServerResponse, Forbidden | Types.unhandled> => {
        const required = Option.getOrElse(Context.getOption(endpoint.annotations, RequiredScopes), () => [])
        const missing = missingScopes(principal, required)
        return missing.length > 0
          ? Effect.fail(new Forbidden({ detail: `This key does not have the scope ${missing.join(", ")}.` }))
          : Effect.provideService(handler, Principal, principal)
      }),
      // The contract declares 503 for every operation, but not for its security: so it is answered here.
      Effect.catchTag("ControlPlaneUnavailable", (error) =>
        Effect.as(
          Effect.logWarning("control plane unavailable", error.cause),
          problem(503, "The control plane is not responding. Try again shortly.", { headers: { "retry-after": "2" } }),
        ),
      ),
    )
  return { bearer }
})

/** Authentication for both contracts. */
export const layer = Layer.merge(Layer.effect(AnalyticsBearer, make), Layer.effect(ManagementBearer, make))
