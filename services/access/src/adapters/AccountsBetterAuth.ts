import { ControlPlaneUnavailable } from "@footfall/control-plane/errors"
import type { Membership } from "@footfall/contracts/principal"
import { Members } from "@footfall/control-plane/Members"
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

/** A user of better-auth with their memberships; undefined when they belong nowhere. */
const personOf = (
  { id, name, email }: { readonly id: string; readonly name: string; readonly email: string },
  [first, ...others]: ReadonlyArray<Membership>,
): Person | undefined => (first === undefined ? undefined : { id, name, email, memberships: [first, ...others] })

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
        const person = personOf(found.user, yield* members.of(found.user.id))
        return yield* person === undefined ? new WrongCredentials() : signedIn(person)
      }),
      createOwner: Effect.fn("Accounts.createOwner")(function* ({ name, email, password }) {
        const passwordHash = yield* inTurn(
          "quiet",
          attempt(() => passwords.hash(password)),
        )
        const { userId, membership } = yield* members.createOwner({ name, email, passwordHash })
        return yield* signedIn({ id: userId, name, email, memberships: [membership] })
      }),
      holder: Effect.fn("Accounts.holder")(function* (token) {
        if (!TOKEN.test(token)) return undefined
        const headers = new Headers({ authorization: `Bearer ${hashSecret(token)}` })
        const found = yield* attempt(() => auth.api.getSession({ headers }))
        return found === null ? undefined : personOf(found.user, yield* members.of(found.user.id))
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
