import { Context } from "effect"

/** Who is asking. Security middleware provides it; handlers decide by it. */
export interface PrincipalShape {
  readonly kind: "user" | "secretKey" | "writeKey" | "anonymous"
  /** The user's or the key's id; empty for anonymous. */
  readonly id: string
  /** The one project that a key belongs to; users have access to several and carry none. */
  readonly projectId?: string
  /** What a key may do (`stats:read`); what a user may do follows from membership. */
  readonly scopes: ReadonlyArray<string>
}

/** The principal of the current request. */
export class Principal extends Context.Service<Principal, PrincipalShape>()("@footfall/contracts/Principal") {}
