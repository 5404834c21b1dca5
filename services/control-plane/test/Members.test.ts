import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { Members } from "../src/Members.ts"
import { migrated } from "./support/database.ts"

layer(Members.layer.pipe(Layer.provideMerge(migrated)))("the owner", (it) => {
  it.effect("is made exactly once, also when twenty try at the same time", () =>
    Effect.gen(function* () {
      const members = yield* Members
      const sql = yield* SqlClient.SqlClient
      // Opens all connections of the pool; else the attempts wait for one another there, and nothing is tried at the same time.
      yield* Effect.forEach(Array.from({ length: 8 }), () => sql`SELECT pg_sleep(0.2)`, { concurrency: 8 })
      assert.isFalse(yield* members.hasOwner)
      const attempt = (index: number) =>
        members
          .createOwner({ name: `N${index}`, email: `owner${index}@example.com`, passwordHash: "hash" })
          .pipe(Effect.catchTag("OwnerExists", () => Effect.succeed(undefined)))
      const made = yield* Effect.forEach(
        Array.from({ length: 20 }, (_, index) => index),
        attempt,
        { concurrency: 20 },
      )
      const [owner, ...others] = made.filter((one) => one !== undefined)
      assert(owner !== undefined)
      assert.deepStrictEqual(others, [])
      assert.deepStrictEqual(owner.membership, { organizationId: yield* members.organization, role: "owner" })
      assert.isTrue(yield* members.hasOwner)
      assert.lengthOf(yield* sql`SELECT 1 AS one FROM "user"`, 1)
      assert.lengthOf(yield* sql`SELECT 1 AS one FROM "account"`, 1)
      assert.deepStrictEqual(yield* members.of(owner.userId), [owner.membership])
      assert.deepStrictEqual(yield* members.of("nobody"), [])
    }),
  )

  it.effect("may belong to several organizations, with a role in each", () =>
    Effect.gen(function* () {
      const members = yield* Members
      const sql = yield* SqlClient.SqlClient
      yield* sql`INSERT INTO "user" ("id", "name", "email", "emailVerified") VALUES ('two', 'Two', 'two@example.com', false)`
      const made = yield* sql<{
        readonly id: string
      }>`INSERT INTO organizations (name) VALUES ('First'), ('Second') RETURNING id::text AS id`
      const [first = "", second = ""] = made.map(({ id }) => id)
      const join = (organizationId: string, role: string) =>
        sql`INSERT INTO members (organization_id, user_id, role) VALUES (${organizationId}::text::bigint, 'two', ${role})`
      yield* join(second, "viewer")
      yield* join(first, "editor")
      assert.deepStrictEqual(yield* members.of("two"), [
        { organizationId: first, role: "editor" },
        { organizationId: second, role: "viewer" },
      ])
    }),
  )
})
