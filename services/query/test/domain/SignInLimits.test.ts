import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { SignInLimits } from "../../src/domain/SignInLimits.ts"

const world = Effect.gen(function* () {
  const limits = yield* Effect.provide(SignInLimits, yield* Layer.build(Layer.fresh(SignInLimits.layer)))
  const hangUp = (email: string, network: string) =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const signIn = Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)
      const fiber = yield* Effect.forkChild(limits.guarded({ email, network }, signIn, () => true))
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(fiber)
    })
  const attempt = (email: string, network: string, outcome: "right" | "wrong" | "down") =>
    limits
      .guarded(
        { email, network },
        outcome === "right" ? Effect.succeed("in") : Effect.fail({ _tag: outcome } as const),
        ({ _tag }) => _tag === "wrong",
      )
      .pipe(
        Effect.match({
          onFailure: (error) => (error._tag === "TooManyAttempts" ? error.seconds : error._tag),
          onSuccess: (inside) => inside,
        }),
      )
  return Object.assign(attempt, { hangUp })
})

describe("failed sign-ins", () => {
  it.effect("of one e-mail from one network are five within five minutes; then even the right password waits there, and there only", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 5; index++) {
        assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "wrong"), "wrong")
        yield* TestClock.adjust("10 seconds")
      }
      assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "right"), 250)
      assert.strictEqual(yield* attempt("b@example.com", "10.0.0.1", "right"), "in")
      assert.strictEqual(yield* attempt("a@example.com", "10.1.1.1", "right"), "in")
      assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "right"), 250)
      yield* TestClock.adjust("250 seconds")
      assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "right"), "in")
    }),
  )

  it.effect("of one e-mail are a hundred, wherever they come from", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 100; index++)
        assert.strictEqual(yield* attempt("a@example.com", `10.0.0.${index % 25}`, "wrong"), "wrong")
      assert.strictEqual(yield* attempt("a@example.com", "10.1.1.1", "right"), 300)
      assert.strictEqual(yield* attempt("b@example.com", "10.1.1.1", "right"), "in")
    }),
  )

  it.effect("from one network are twenty, whatever e-mails they try", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 20; index++) assert.strictEqual(yield* attempt(`${index}@example.com`, "10.0.0.1", "wrong"), "wrong")
      assert.strictEqual(yield* attempt("new@example.com", "10.0.0.1", "wrong"), 300)
      assert.strictEqual(yield* attempt("new@example.com", "10.0.0.2", "right"), "in")
    }),
  )

  it.effect("count from their start, so guesses in parallel are not let through together", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      const all = yield* Effect.forEach(Array.from({ length: 30 }), () => attempt("a@example.com", "10.0.0.1", "wrong"), {
        concurrency: 30,
      })
      assert.lengthOf(
        all.filter((outcome) => outcome === "wrong"),
        5,
      )
    }),
  )

  it.effect("are also those whose client hangs up before the answer", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 5; index++) yield* attempt.hangUp("a@example.com", "10.0.0.1")
      assert.isNumber(yield* attempt("a@example.com", "10.0.0.1", "right"))
    }),
  )

  it.effect("are forgotten after a right one, and an outage is not one", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 4; index++) yield* attempt("a@example.com", "10.0.0.1", "wrong")
      assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "right"), "in")
      for (let index = 0; index < 30; index++) assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "down"), "down")
      for (let index = 0; index < 5; index++) assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "wrong"), "wrong")
      assert.isNumber(yield* attempt("a@example.com", "10.0.0.1", "right"))
    }),
  )
})
