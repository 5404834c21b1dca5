import { Context } from "effect"
import type { Role, Scope } from "./generated/shared.ts"

/** What a person is in an organization. */
export interface Membership {
  readonly organizationId: string
  readonly role: Role
}

/** A person who has signed in. What they may do follows from their role in the organization of a project. */
export interface User {
  readonly _tag: "User"
  readonly id: string
  readonly memberships: ReadonlyArray<Membership>
}

/** A program with a secret key. It may do what its scopes say, in its one project. */
export interface SecretKey {
  readonly _tag: "SecretKey"
  /** The beginning of the secret. */
  readonly id: string
  readonly projectId: string
  readonly scopes: ReadonlyArray<Scope>
}

/** Somebody with a shared link. They may read its one project. Reserved: no link can be made yet. */
export interface SharedLink {
  readonly _tag: "SharedLink"
  readonly projectId: string
}

/** Who is asking. Security middleware provides it; handlers decide by it. */
export type PrincipalShape = User | SecretKey | SharedLink

/** The principal of the current request. */
export class Principal extends Context.Service<Principal, PrincipalShape>()("@footfall/contracts/Principal") {}
