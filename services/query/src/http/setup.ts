import { FootfallManagement, type OwnerCreate } from "@footfall/contracts/generated/management"
import { Members } from "@footfall/control-plane/Members"
import { SignInNetworks } from "@footfall/control-plane/SignInNetworks"
import { networksOf } from "@footfall/platform/ClientAddress"
import { OwnerExists } from "@footfall/control-plane/errors"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { Accounts, isEmail, normalEmail } from "@footfall/access/Accounts"
import { InvalidRequest } from "@footfall/analytics/InvalidRequest"
import { SetupCode } from "@footfall/access/SetupCode"
import { SignInLimits } from "@footfall/access/SignInLimits"
import { clientAddress } from "./clientAddress.ts"
import { asProblems } from "./problems.ts"
import { sessionAnswer } from "./sessions.ts"

/** Handlers of the first run. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "setup",
  Effect.fnUntraced(function* (handlers) {
    const accounts = yield* Accounts
    const members = yield* Members
    const code = yield* SetupCode
    const limits = yield* SignInLimits
    const networks = yield* SignInNetworks
    const addressOf = yield* clientAddress
    const createOwner = Effect.fnUntraced(function* ({ setupCode, ...owner }: OwnerCreate) {
      const email = normalEmail(owner.email)
      // Before the password is hashed: a used-up set-up must not cost anything.
      if (yield* members.hasOwner) return yield* new OwnerExists()
      const from = networksOf(addressOf(yield* HttpServerRequest.HttpServerRequest))
      yield* limits.guardedByNetwork(from, code.check(setupCode), () => "failed")
      if (!isEmail(email)) {
        return yield* new InvalidRequest({ complaints: [{ in: "body", pointer: "/email", message: "Expected an email address" }] })
      }
      const signedIn = yield* accounts.createOwner({ ...owner, email })
      yield* networks.remember(signedIn.person.id, from[0] ?? "")
      return sessionAnswer(signedIn)
    })
    return handlers.handleAll({
      getSetup: () => asProblems(Effect.map(members.hasOwner, (owned) => ({ needed: !owned }))),
      createOwner: ({ payload }) => asProblems(createOwner(payload)),
    })
  }),
)
