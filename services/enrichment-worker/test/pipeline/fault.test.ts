import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit } from "effect"
import { faults } from "../../src/pipeline/fault.ts"

const asked = (env: Record<string, string>) =>
  Effect.exit(faults).pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(env))))

describe("faults on demand", () => {
  it.effect("nothing is asked for unless FAULT_AT says so", () =>
    Effect.gen(function* () {
      assert.isTrue(Exit.isSuccess(yield* asked({})))
      assert.isTrue(Exit.isSuccess(yield* asked({ FAULT_AT: "" })))
      assert.isTrue(Exit.isSuccess(yield* asked({ FAULT_AT: "commit:3" })))
    }),
  )

  it.effect("a step that does not exist, and production, are refused at the start", () =>
    Effect.gen(function* () {
      assert.isTrue(Exit.isFailure(yield* asked({ FAULT_AT: "somewhere" })))
      assert.isTrue(Exit.isFailure(yield* asked({ FAULT_AT: "commit:x" })))
      assert.isTrue(Exit.isFailure(yield* asked({ FAULT_AT: "commit", NODE_ENV: "production" })))
    }),
  )
})
