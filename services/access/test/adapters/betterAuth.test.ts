import { assert, layer } from "@effect/vitest"
import { migrate } from "@footfall/control-plane/migrate"
import { connected, emptyDatabase } from "@footfall/control-plane/test/database"
import { getMigrations } from "better-auth/db/migration"
import { ConfigProvider, Effect, Layer } from "effect"
import { makeBetterAuth } from "../../src/adapters/betterAuth.ts"

layer(Layer.empty)("better-auth", (it) => {
  it.effect("finds its tables as it wants them, with nothing left to migrate", () =>
    Effect.gen(function* () {
      const url = yield* emptyDatabase
      yield* Effect.provide(migrate, connected(url))
      const env = { DATABASE_URL: url, AUTH_SECRET: "a secret that is long enough for this" }
      const auth = yield* makeBetterAuth.pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(env))))
      const { toBeAdded, toBeCreated } = yield* Effect.promise(() => getMigrations(auth.options))
      assert.deepStrictEqual(toBeCreated, [])
      assert.deepStrictEqual(toBeAdded, [])
    }).pipe(Effect.scoped),
  )
})
