import { ControlPlaneUnavailable } from "@footfall/control-plane/errors"
import { type Member, Members } from "@footfall/control-plane/Members"
import { isAPIError } from "better-auth/api"
import { Effect, Layer } from "effect"
import { Accounts, type Credentials, type Person, WrongCredentials } from "../domain/Accounts.ts"
import { makeBetterAuth } from "./betterAuth.ts"

/** What better-auth refuses in a sign-in: an unknown e-mail, a wrong password, an e-mail that nobody can have. */
const REFUSALS = new Set([400, 401])

/** A session token as better-auth makes it. */
const TOKEN = /^[0-9A-Za-z]{32}$/

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

    const signIn = Effect.fn("Accounts.signIn")(function* (credentials: Credentials) {
      const { token, user } = yield* attempt(() => auth.api.signInEmail({ body: { ...credentials } })).pipe(
        Effect.catchIf(
          ({ cause }) => isAPIError(cause) && REFUSALS.has(cause.statusCode),
          () => Effect.fail(new WrongCredentials()),
        ),
      )
      const found = yield* attempt(async () => (await auth.$context).internalAdapter.findSession(token))
      const member = yield* members.of(user.id)
      if (found === null || member === undefined) return yield* new WrongCredentials()
      return { token, expiresAt: found.session.expiresAt.getTime(), person: personOf(user, member) }
    })

    return Accounts.of({
      signIn,
      createOwner: Effect.fn("Accounts.createOwner")(function* ({ name, email, password }) {
        const passwordHash = yield* attempt(async () => (await auth.$context).password.hash(password))
        yield* members.createOwner({ name, email, passwordHash })
        return yield* Effect.catchTag(signIn({ email, password }), "WrongCredentials", (error) => Effect.die(error))
      }),
      holder: Effect.fn("Accounts.holder")(function* (token) {
        // better-auth also takes a token with its signature behind a dot; signing out would not know that one.
        if (!TOKEN.test(token)) return undefined
        const found = yield* attempt(() => auth.api.getSession({ headers: new Headers({ authorization: `Bearer ${token}` }) }))
        const member = found === null ? undefined : yield* members.of(found.user.id)
        return found === null || member === undefined ? undefined : personOf(found.user, member)
      }),
      // Not auth.api.signOut: it answers success when the session could not be deleted.
      signOut: Effect.fn("Accounts.signOut")(function* (token) {
        yield* attempt(async () => (await auth.$context).internalAdapter.deleteSession(token))
      }),
    })
  }),
)
