import { assert, describe, it } from "@effect/vitest"
import { ControlPlaneUnavailable } from "@footfall/control-plane/errors"
import { Salts } from "@footfall/control-plane/Salts"
import { Erasure, NotErased } from "@footfall/event-log/Erasure"
import { LogUnavailable } from "@footfall/event-log/EventLog"
import { Effect, Layer, Logger } from "effect"
import { TestClock } from "effect/testing"
import * as Erasing from "../../src/pipeline/erasing.ts"

type Outcome = boolean | LogUnavailable | NotErased

/** Forgets salts, as often as told; away afterwards. */
const forgetting = (times: number) => {
  let left = times
  return Layer.mock(Salts)({
    forget: Effect.suspend(() => (left-- > 0 ? Effect.void : Effect.fail(new ControlPlaneUnavailable({ cause: "away" })))),
  })
}

/** What a worker logs while its attempts, one after the other, end like this. */
const loggedBy = (outcomes: ReadonlyArray<Outcome>, forgets = Infinity) =>
  Effect.gen(function* () {
    const logged: Array<string> = []
    const left = [...outcomes]
    const erase = Effect.suspend(() => {
      const next = left.shift() ?? false
      return typeof next === "boolean" ? Effect.succeed(next) : Effect.fail(next)
    })
    const logger = Logger.make(({ message, logLevel }) => void logged.push(`${logLevel}: ${String(message)}`))
    yield* Layer.build(
      Erasing.layer.pipe(
        Layer.provide([Layer.succeed(Erasure, { erase }), forgetting(forgets)]),
        Layer.provideMerge(Logger.layer([logger])),
      ),
    )
    yield* TestClock.adjust("2 hours")
    assert.strictEqual(left.length, Math.max(0, outcomes.length - forgets))
    return logged
  }).pipe(Effect.scoped)

const refusal = new NotErased({ reason: "NOPERM no right to bgrewriteaof" })

describe("a worker that looks after the log's files", () => {
  it.effect("says once, in a sentence, that Redis refuses, and goes on asking", () =>
    Effect.gen(function* () {
      const logged = yield* loggedBy([refusal, refusal, refusal])
      assert.strictEqual(logged.length, 1)
      assert.match(logged[0] ?? "", /^Warn: Redis does not rewrite its append-only file.*Allow BGREWRITEAOF.*NOPERM/)
    }),
  )

  it.effect("says it again when it had been allowed in between", () =>
    Effect.gen(function* () {
      const logged = yield* loggedBy([refusal, true, refusal])
      assert.deepStrictEqual(
        logged.map((line) => line.split(":")[0]),
        ["Warn", "Info", "Warn"],
      )
    }),
  )

  it.effect("leaves a log that is away to those who wait for it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* loggedBy([new LogUnavailable({ cause: "away" }), false]), [])
    }),
  )

  it.effect("does not rewrite the files before old salts are deleted", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* loggedBy([true, true], 1), ["Info: erased committed entries and old salts from the log's files"])
    }),
  )
})
