import { ControlPlaneUnavailable } from "@footfall/control-plane/errors"
import { type Member, Members } from "@footfall/control-plane/Members"
import { hashSecret } from "@footfall/control-plane/secrets"
import { generateRandomString } from "better-auth/crypto"
import { Effect, Layer } from "effect"
import { Accounts, type Credentials, type Person, WrongCredentials } from "../domain/Accounts.ts"
import type { Standing } from "../domain/SignInLimits.ts"
import { makeTurns } from "../domain/Turns.ts"
import { makeBetterAuth } from "./betterAuth.ts"

/** 190 random bits. Only the holder has it: the table `session` has its SHA-256, under which better-auth knows the session. */
const newToken = () => generateRandomString(32, "a-z", "A-Z", "0-9")
const TOKEN = /^[0-9A-Za-z]{32}$/

/** How many of each standing wait while one password is hashed or checked, which takes about a tenth of a second. */
const WAITING = { known: 8, quiet: 8, noisy: 4 }

const attempt = <A>(run: () => Promise<A>) => Effect.tryPromise({ try: run, catch: (cause) => new ControlPlaneUnavailable({ cause }) })

const personOf = (user: { readonly id: string; readonly name: string; readonly email: string }, member: Member): Person => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role: member.role,
  organizationId: member.organizationId,
})

/** `Accounts` in better-auth's tables. */
export const layer = Layer.effect(
  Accounts,
  Effect.gen(function* () {
    const auth = yield* makeBetterAuth
    const members = yield* Members
    const inTurn = makeTurns(WAITING)
    // Not better-auth's own sign-in: it stores the token that it gives out.
    const { internalAdapter, password: passwords } = yield* Effect.promise(() => auth.$context)

    const signedIn = Effect.fnUntraced(function* (person: Person) {
      const token = newToken()
      const { expiresAt } = yield* attempt(() => internalAdapter.createSession(person.id, false, { token: hashSecret(token) }, true))
      return { token, expiresAt: expiresAt.getTime(), person }
    })

    const isRight = (password: string, hash: string | null | undefined, standing: Standing) =>
      // Hashed also when there is nothing to compare with: an unknown e-mail must take as long.
      inTurn(
        standing,
        attempt(() => (hash ? passwords.verify({ hash, password }) : passwords.hash(password).then(() => false))),
      )

    return Accounts.of({
      signIn: Effect.fn("Accounts.signIn")(function* ({ email, password }: Credentials, standing: Standing) {
        const found = yield* attempt(() => internalAdapter.findUserByEmail(email, { includeAccounts: true }))
        const account = found?.accounts.find(({ providerId }) => providerId === "credential")
        if (!(yield* isRight(password, account?.password, standing)) || found === null) return yield* new WrongCredentials()
        const member = yield* members.of(found.user.id)
        if (member === undefined) return yield* new WrongCredentials()
        return yield* signedIn(personOf(found.user, member))
      }),
      createOwner: Effect.fn("Accounts.createOwner")(function* ({ name, email, password }) {
        const passwordHash = yield* inTurn(
          "quiet",
          attempt(() => passwords.hash(password)),
        )
        const member = yield* members.createOwner({ name, email, passwordHash })
        return yield* signedIn(personOf({ id: member.userId, name, email }, member))
      }),
      holder: Effect.fn("Accounts.holder")(function* (token) {
        if (!TOKEN.test(token)) return undefined
        const headers = new Headers({ authorization: `Bearer ${hashSecret(token)}` })
        const found = yield* attempt(() => auth.api.getSession({ headers }))
        const member = found === null ? undefined : yield* members.of(found.user.id)
        return found === null || member === undefined ? undefined : personOf(found.user, member)
      }),
      // Not auth.api.signOut: it answers success when the session could not be deleted.
      signOut: Effect.fn("Accounts.signOut")(function* (token) {
        yield* attempt(() => internalAdapter.deleteSession(hashSecret(token)))
      }),
      signOutEverywhere: Effect.fn("Accounts.signOutEverywhere")(function* (personId) {
        yield* attempt(() => internalAdapter.deleteUserSessions(personId))
      }),
    })
  }),
)
