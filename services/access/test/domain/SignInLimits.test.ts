import { assert, describe, it } from "@effect/vitest"
import { networksOf } from "@footfall/platform/ClientAddress"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { SignInLimits, type TooManyAttempts } from "../../src/domain/SignInLimits.ts"

interface Outcome {
  readonly _tag: "wrong" | "down" | "full"
}

const verdictOn = ({ _tag }: Outcome) => (_tag === "wrong" ? "failed" : _tag === "full" ? "turnedAway" : "unheard")

const world = Effect.gen(function* () {
  const limits = yield* Effect.provide(SignInLimits, yield* Layer.build(Layer.fresh(SignInLimits.layer)))
  const candidate = (email: string, from: string, isKnown = false) => {
    const [network, ...wider] = networksOf(from)
    return { email, networks: [network ?? "", ...wider] as const, isKnown: Effect.succeed(isKnown) }
  }
  const outcomeOf = <A>(effect: Effect.Effect<A, Outcome | TooManyAttempts>) =>
    Effect.match(effect, {
      onFailure: (error) => (error._tag === "TooManyAttempts" ? error.seconds : error._tag),
      onSuccess: (inside) => inside,
    })
  const hangUp = (email: string, from: string) =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const signIn = Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)
      const fiber = yield* Effect.forkChild(
        limits.guarded(
          candidate(email, from),
          () => signIn,
          () => "failed",
        ),
      )
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(fiber)
    })
  const attempt = (email: string, from: string, outcome: "right" | Outcome["_tag"], isKnown = false) =>
    outcomeOf(
      limits.guarded(
        candidate(email, from, isKnown),
        () => (outcome === "right" ? Effect.succeed("in") : Effect.fail({ _tag: outcome } satisfies Outcome)),
        verdictOn,
      ),
    )
  const standing = (email: string, from: string, isKnown = false) =>
    outcomeOf(limits.guarded(candidate(email, from, isKnown), (own) => Effect.succeed(own), verdictOn))
  const setUp = (from: string, outcome: "right" | "wrong") =>
    outcomeOf(
      limits.guardedByNetwork(
        networksOf(from),
        outcome === "right" ? Effect.succeed("in") : Effect.fail({ _tag: outcome } satisfies Outcome),
        verdictOn,
      ),
    )
  return Object.assign(attempt, { hangUp, standing, setUp })
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

  it.effect("of one e-mail do not keep its owner out of a network from which they signed in before", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 100; index++) yield* attempt("a@example.com", `2001:db8:${index.toString(16)}::1`, "wrong")
      assert.strictEqual(yield* attempt("a@example.com", "192.0.2.1", "right"), 300)
      assert.strictEqual(yield* attempt("a@example.com", "192.0.2.1", "right", true), "in")
      for (let index = 0; index < 5; index++) yield* attempt("a@example.com", "192.0.2.1", "wrong", true)
      assert.strictEqual(yield* attempt("a@example.com", "192.0.2.1", "right", true), 300)
    }),
  )

  it.effect("from one IPv6 /56 are forty, from one /48 eighty, however many /64s it has; who signed in from there before is heard", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      const many = (from: (index: number) => string) =>
        Effect.gen(function* () {
          let heard = 0
          for (let index = 0; index < 200; index++) if ((yield* attempt(`${index}@example.com`, from(index), "wrong")) === "wrong") heard++
          return heard
        })
      assert.strictEqual(yield* many((index) => `2001:db8:1:ab${index.toString(16).padStart(2, "0")}::1`), 40)
      assert.strictEqual(yield* many((index) => `2001:db8:2:${index.toString(16)}00::1`), 80)
      assert.isNumber(yield* attempt("owner@example.com", "2001:db8:2:ffff::1", "right"))
      assert.strictEqual(yield* attempt("owner@example.com", "2001:db8:2:ffff::1", "right", true), "in")
      assert.strictEqual(yield* attempt("owner@example.com", "2001:db8:3::1", "right"), "in")
    }),
  )

  it.effect("that are turned away for want of room count against their network, and against no e-mail", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 20; index++) assert.strictEqual(yield* attempt("a@example.com", "10.0.0.1", "full"), "full")
      assert.strictEqual(yield* attempt("b@example.com", "10.0.0.1", "right"), 300)
      assert.strictEqual(yield* attempt("a@example.com", "10.0.0.2", "right"), "in")
    }),
  )

  it.effect("tell who is quiet from who is noisy, and who is known from both", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 5; index++) yield* attempt(`${index}@example.com`, "10.0.0.1", "wrong")
      assert.strictEqual(yield* attempt.standing("a@example.com", "10.0.0.1"), "noisy")
      assert.strictEqual(yield* attempt.standing("a@example.com", "10.0.0.1", true), "known")
      assert.strictEqual(yield* attempt.standing("a@example.com", "10.0.0.2"), "quiet")
    }),
  )

  it.effect("with a wrong setup code count by network, too", () =>
    Effect.gen(function* () {
      const attempt = yield* world
      for (let index = 0; index < 20; index++) assert.strictEqual(yield* attempt.setUp("10.0.0.1", "wrong"), "wrong")
      assert.strictEqual(yield* attempt.setUp("10.0.0.1", "right"), 300)
      assert.strictEqual(yield* attempt.setUp("10.0.0.2", "right"), "in")
    }),
  )
})
