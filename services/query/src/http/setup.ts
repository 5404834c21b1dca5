import { FootfallManagement, type OwnerCreate } from "@footfall/contracts/generated/management"
import { Members } from "@footfall/control-plane/Members"
import { OwnerExists } from "@footfall/control-plane/errors"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Accounts, isEmail, normalEmail } from "../domain/Accounts.ts"
import { InvalidQuestion } from "../domain/InvalidQuestion.ts"
import { SetupCode } from "../domain/SetupCode.ts"
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
    const createOwner = Effect.fnUntraced(function* ({ setupCode, ...owner }: OwnerCreate) {
      const email = normalEmail(owner.email)
      // Before the password is hashed: a used-up set-up must not cost anything.
      if (yield* members.hasOwner) return yield* new OwnerExists()
      yield* code.check(setupCode)
      if (!isEmail(email)) {
        return yield* new InvalidQuestion({ complaints: [{ in: "body", pointer: "/email", message: "Expected an email address" }] })
      }
      return sessionAnswer(yield* accounts.createOwner({ ...owner, email }))
    })
    return handlers.handleAll({
      getSetup: () => asProblems(Effect.map(members.hasOwner, (owned) => ({ needed: !owned }))),
      createOwner: ({ payload }) => asProblems(createOwner(payload)),
    })
  }),
)
