import { Role } from "@footfall/contracts/generated/shared"
import type { Membership } from "@footfall/contracts/principal"
import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { randomBytes } from "node:crypto"
import { asked, type ControlPlaneUnavailable, OwnerExists } from "./errors.ts"

const Memberships = Schema.Array(Schema.Struct({ organizationId: Schema.String, role: Role }))

/** The owner that was made. */
export interface Owner {
  readonly userId: string
  readonly membership: Membership
}

/** The first person of an instance. */
export interface NewOwner {
  readonly name: string
  /** Trimmed and in lower case. */
  readonly email: string
  /** As better-auth's `hashPassword` made it. */
  readonly passwordHash: string
}

/** Who belongs to which organization. */
export class Members extends Context.Service<
  Members,
  {
    /** The organization of this instance, which its owner is made in. */
    readonly organization: Effect.Effect<string, ControlPlaneUnavailable>
    /** Whether somebody owns this instance already. */
    readonly hasOwner: Effect.Effect<boolean, ControlPlaneUnavailable>
    /** Makes the owner with their password, all or nothing, and only while there is none, however many ask at once. */
    createOwner(owner: NewOwner): Effect.Effect<Owner, OwnerExists | ControlPlaneUnavailable>
    /** The organizations that a person belongs to, oldest first. */
    of(userId: string): Effect.Effect<ReadonlyArray<Membership>, ControlPlaneUnavailable>
  }
>()("@footfall/control-plane/Members") {
  static readonly layer = Layer.effect(
    Members,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rows = Schema.decodeUnknownEffect(Memberships)
      const owners = sql<{ readonly owned: boolean }>`SELECT EXISTS (SELECT 1 FROM members WHERE role = 'owner') AS owned`
      const owned = Effect.map(owners, ([row]) => row?.owned === true)
      const seeded = sql<{ readonly id: string }>`SELECT id::text AS id FROM organizations ORDER BY id LIMIT 1`
      return Members.of({
        organization: asked(
          Effect.flatMap(seeded, ([row]) =>
            row === undefined ? Effect.die(new Error("The seeded organization is missing")) : Effect.succeed(row.id),
          ),
        ),
        hasOwner: asked(owned),
        createOwner: Effect.fn("Members.createOwner")(function* ({ name, email, passwordHash }) {
          const id = randomBytes(16).toString("hex")
          const account = randomBytes(16).toString("hex")
          return yield* asked(
            sql.withTransaction(
              Effect.gen(function* () {
                // The organization's row is the door that only one set-up at a time passes.
                const [organization] = yield* sql<{
                  readonly id: string
                }>`SELECT id::text AS id FROM organizations ORDER BY id LIMIT 1 FOR UPDATE`
                if (organization === undefined) return yield* Effect.die(new Error("The seeded organization is missing"))
                if (yield* owned) return yield* new OwnerExists()
                yield* sql`INSERT INTO "user" ("id", "name", "email", "emailVerified") VALUES (${id}, ${name}, ${email}, false)`
                yield* sql`INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
                  VALUES (${account}, ${id}, 'credential', ${id}, ${passwordHash}, now())`
                yield* sql`INSERT INTO members (organization_id, user_id, role) VALUES (${organization.id}::text::bigint, ${id}, 'owner')`
                return { userId: id, membership: { organizationId: organization.id, role: "owner" as const } }
              }),
            ),
            // Those who come together wait for each other.
            10,
          )
        }),
        of: Effect.fn("Members.of")(function* (userId) {
          const found = yield* asked(
            sql`SELECT organization_id::text AS organization_id, role FROM members WHERE user_id = ${userId} ORDER BY organization_id`,
          )
          return yield* Effect.orDie(rows(found))
        }),
      })
    }),
  )
}
