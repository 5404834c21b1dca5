import { FootfallManagement } from "@footfall/contracts/generated/management"
import { Unauthorized } from "@footfall/contracts/generated/shared"
import { Principal } from "@footfall/contracts/principal"
import { networkOf } from "@footfall/platform/ClientAddress"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { NotAllowed } from "../domain/Access.ts"
import { Accounts, normalEmail, type SignedIn } from "../domain/Accounts.ts"
import { iso } from "../domain/answers.ts"
import { SignInLimits } from "../domain/SignInLimits.ts"
import { clientAddress } from "./clientAddress.ts"
import { asProblems } from "./problems.ts"

const userAnswer = ({ id, name, email, role }: SignedIn["person"]) => ({ id, name, email, role })

/** A session as the contract shows it. */
export const sessionAnswer = ({ token, expiresAt, person }: SignedIn) => ({ token, expiresAt: iso(expiresAt), user: userAnswer(person) })

/** The session token of the current request; keys have none. */
const ownToken = Effect.gen(function* () {
  const principal = yield* Principal
  if (principal.kind !== "user") return yield* new NotAllowed({ why: "A key has no session; sign in for that." })
  const request = yield* HttpServerRequest.HttpServerRequest
  return (request.headers["authorization"] ?? "").slice("Bearer ".length).trim()
})

/** Handlers of signing in and out. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "sessions",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    const limits = yield* SignInLimits
    const addressOf = yield* clientAddress
    return handlers.handleAll({
      createSession: Effect.fnUntraced(function* ({ payload }) {
        const request = yield* HttpServerRequest.HttpServerRequest
        const credentials = { ...payload, email: normalEmail(payload.email) }
        const names = { email: credentials.email, network: networkOf(addressOf(request)) }
        const signIn = limits.guarded(names, accounts.signIn(credentials), ({ _tag }) => _tag === "WrongCredentials")
        return sessionAnswer(yield* asProblems(signIn))
      }),
      getSession: Effect.fnUntraced(function* () {
        const person = yield* asProblems(Effect.flatMap(ownToken, accounts.holder))
        return person === undefined ? yield* new Unauthorized({}) : userAnswer(person)
      }),
      deleteSession: () => asProblems(Effect.flatMap(ownToken, accounts.signOut)),
    })
  }),
)
