import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { Members } from "../src/Members.ts"
import { migrated } from "./support/database.ts"

layer(Members.layer.pipe(Layer.provideMerge(migrated)))("the owner", (it) => {
  it.effect("is made exactly once, also when twenty try at the same time", () =>
    Effect.gen(function* () {
      const members = yield* Members
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
      const owners = made.filter((member) => member !== undefined)
      assert.lengthOf(owners, 1)
      assert.strictEqual(owners[0]?.organizationId, yield* members.organization)
      assert.isTrue(yield* members.hasOwner)
      const sql = yield* SqlClient.SqlClient
      assert.lengthOf(yield* sql`SELECT 1 AS one FROM "user"`, 1)
      assert.lengthOf(yield* sql`SELECT 1 AS one FROM "account"`, 1)
      assert.deepStrictEqual(yield* members.of(owners[0]?.userId ?? ""), owners[0])
      assert.isUndefined(yield* members.of("nobody"))
    }),
  )
})
