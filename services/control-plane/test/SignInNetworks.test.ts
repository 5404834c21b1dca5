import { assert, layer } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { Members } from "../src/Members.ts"
import { SignInNetworks } from "../src/SignInNetworks.ts"
import { migrated } from "./support/database.ts"

const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ AUTH_SECRET: "a secret for tests, long enough" }))
const services = Layer.merge(Members.layer, SignInNetworks.layer.pipe(Layer.provide(config)))

layer(services.pipe(Layer.provideMerge(migrated)))("networks from which somebody signed in", (it) => {
  it.effect("are known for 90 days and for this person only, sixteen at most, and cannot be read in the table", () =>
    Effect.gen(function* () {
      const networks = yield* SignInNetworks
      const members = yield* Members
      const sql = yield* SqlClient.SqlClient
      const { userId } = yield* members.createOwner({ name: "Ada", email: "ada@example.com", passwordHash: "hash" })
      assert.isFalse(yield* networks.knows("ada@example.com", "192.0.2.1"))
      yield* networks.remember(userId, "192.0.2.1")
      assert.isTrue(yield* networks.knows("ada@example.com", "192.0.2.1"))
      assert.isFalse(yield* networks.knows("ada@example.com", "192.0.2.2"))
      assert.isFalse(yield* networks.knows("bob@example.com", "192.0.2.1"))
      const rows = yield* sql`SELECT encode(network, 'escape') AS text FROM sign_in_networks`
      assert.notInclude(JSON.stringify(rows), "192.0.2")

      for (let index = 2; index <= 17; index++) yield* networks.remember(userId, `192.0.2.${index}`)
      assert.isFalse(yield* networks.knows("ada@example.com", "192.0.2.1"))
      assert.isTrue(yield* networks.knows("ada@example.com", "192.0.2.2"))
      yield* networks.remember(userId, "192.0.2.2")
      yield* networks.remember(userId, "192.0.2.18")
      assert.isTrue(yield* networks.knows("ada@example.com", "192.0.2.2"))

      yield* sql`UPDATE sign_in_networks SET used_at = now() - interval '91 days'`
      assert.isFalse(yield* networks.knows("ada@example.com", "192.0.2.2"))
      yield* networks.remember(userId, "192.0.2.30")
      assert.lengthOf(yield* sql`SELECT 1 AS one FROM sign_in_networks`, 1)
    }),
  )
})
