import type { Membership } from "@footfall/contracts/principal"
import type { ControlPlaneUnavailable, OwnerExists } from "@footfall/control-plane/errors"
import { Context, type Effect, Schema } from "effect"
import type { Standing } from "./SignInLimits.ts"
import type { TooBusy } from "./Turns.ts"

/** Wrong e-mail or wrong password; which of the two is nobody's business. */
export class WrongCredentials extends Schema.TaggedError<WrongCredentials>()("WrongCredentials", {}) {}

/** A person with an account on this instance. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  /** At least one; who belongs nowhere cannot sign in. */
  readonly memberships: readonly [Membership, ...ReadonlyArray<Membership>]
}

/** A person who signed in; the token is worth a request's credential until it expires. */
export interface SignedIn {
  readonly token: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
  readonly person: Person
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** One spelling for each address: no space around it, lower case. */
export const normalEmail = (email: string) => email.trim().toLowerCase()

/** Whether an address is one that can sign in: ASCII, dotted domain, no two dots in a row. */
export const isEmail = (email: string) =>
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/.test(email)

/**
 * Accounts with passwords, and their sessions. E-mails arrive as {@link normalEmail} gives them. Passwords are slow to hash and to
 * check, so that is done for one person at a time, and for few who wait; those of a better {@link Standing} wait apart from the others.
 */
export class Accounts extends Context.Service<
  Accounts,
  {
    /** Makes the owner of the instance; works once, however many try at the same time. */
    createOwner(owner: Credentials & { readonly name: string }): Effect.Effect<SignedIn, OwnerExists | TooBusy | ControlPlaneUnavailable>
    /** Takes as long for an unknown e-mail as for a wrong password. */
    signIn(credentials: Credentials, standing: Standing): Effect.Effect<SignedIn, WrongCredentials | TooBusy | ControlPlaneUnavailable>
    /** Who holds this token; undefined when it is unknown, expired or signed out. */
    holder(token: string): Effect.Effect<Person | undefined, ControlPlaneUnavailable>
    /** Makes the token worthless. */
    signOut(token: string): Effect.Effect<void, ControlPlaneUnavailable>
    /** Makes all tokens of a person worthless. */
    signOutEverywhere(personId: string): Effect.Effect<void, ControlPlaneUnavailable>
  }
>()("@footfall/access/Accounts") {}
