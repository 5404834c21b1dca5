import { FootfallManagement } from "@footfall/contracts/generated/management"
import { Unauthorized } from "@footfall/contracts/generated/shared"
import { Principal } from "@footfall/contracts/principal"
import { SignInNetworks } from "@footfall/control-plane/SignInNetworks"
import { networksOf } from "@footfall/platform/ClientAddress"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { NotAllowed } from "@footfall/access/Access"
import { Accounts, normalEmail, type SignedIn } from "@footfall/access/Accounts"
import { iso } from "@footfall/analytics/iso"
import { SignInLimits, type Verdict } from "@footfall/access/SignInLimits"
import { clientAddress } from "./clientAddress.ts"
import { asProblems } from "./problems.ts"

const userAnswer = ({ id, name, email, memberships: [{ role }] }: SignedIn["person"]) => ({ id, name, email, role })

/** A session as the contract shows it. */
export const sessionAnswer = ({ token, expiresAt, person }: SignedIn) => ({ token, expiresAt: iso(expiresAt), user: userAnswer(person) })

/** The id of the person who asks; keys are nobody. */
const ownId = Effect.gen(function* () {
  const principal = yield* Principal
  return principal._tag === "User" ? principal.id : yield* new NotAllowed({ why: "A key has no session. Sign in to use this." })
})

/** The session token of the current request; keys have none. */
const ownToken = Effect.gen(function* () {
  yield* ownId
  const request = yield* HttpServerRequest.HttpServerRequest
  return (request.headers["authorization"] ?? "").slice("Bearer ".length).trim()
})

/** A password that was not even looked at tells nothing about an e-mail, but who comes in crowds is told by it. */
const verdictOn = ({ _tag }: { readonly _tag: string }): Verdict =>
  _tag === "WrongCredentials" ? "failed" : _tag === "TooBusy" ? "turnedAway" : "unheard"

/** Handlers of signing in and out. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "sessions",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    const limits = yield* SignInLimits
    const networks = yield* SignInNetworks
    const addressOf = yield* clientAddress
    return handlers.handleAll({
      createSession: Effect.fnUntraced(function* ({ payload }) {
        const request = yield* HttpServerRequest.HttpServerRequest
        const credentials = { ...payload, email: normalEmail(payload.email) }
        const { email } = credentials
        const [network = "", ...wider] = networksOf(addressOf(request))
        const candidate = { email, networks: [network, ...wider] as const, isKnown: networks.knows(email, network) }
        const signIn = limits.guarded(candidate, (standing) => accounts.signIn(credentials, standing), verdictOn)
        const remembered = Effect.tap(signIn, ({ person }) => networks.remember(person.id, network))
        return sessionAnswer(yield* asProblems(remembered))
      }),
      getSession: Effect.fnUntraced(function* () {
        const person = yield* asProblems(Effect.flatMap(ownToken, accounts.holder))
        return person === undefined ? yield* new Unauthorized({}) : userAnswer(person)
      }),
      deleteSession: () => asProblems(Effect.flatMap(ownToken, accounts.signOut)),
      deleteSessions: () => asProblems(Effect.flatMap(ownId, accounts.signOutEverywhere)),
    })
  }),
)
