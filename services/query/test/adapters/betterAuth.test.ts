import { assert, layer } from "@effect/vitest"
import { getMigrations } from "better-auth/db/migration"
import { Effect, Layer } from "effect"
import { makeBetterAuth } from "../../src/adapters/betterAuth.ts"
import { configOf, place } from "../support/place.ts"

layer(Layer.empty)("better-auth", (it) => {
  it.effect("finds its tables as it wants them, with nothing left to migrate", () =>
    Effect.gen(function* () {
      const env = yield* place
      const auth = yield* makeBetterAuth.pipe(Effect.provide(configOf(env)))
      const { toBeAdded, toBeCreated } = yield* Effect.promise(() => getMigrations(auth.options))
      assert.deepStrictEqual(toBeCreated, [])
      assert.deepStrictEqual(toBeAdded, [])
    }).pipe(Effect.scoped),
  )
})
