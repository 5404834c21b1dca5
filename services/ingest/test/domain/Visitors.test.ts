import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import * as InstallationKeySecret from "../../src/adapters/InstallationKeySecret.ts"
import { momentOf, type Seen, Visitors } from "../../src/domain/Visitors.ts"
import { layerMemory } from "../support/control-plane.ts"

const DAY = 86_400_000
const NOON = Date.parse("2026-11-23T12:00:00Z")

const withSecret = (secret: string) =>
  Visitors.layer.pipe(
    Layer.provide([layerMemory, InstallationKeySecret.layer]),
    Layer.provide([ConfigProvider.layer(ConfigProvider.fromUnknown({ AUTH_SECRET: secret }))]),
    Layer.fresh,
  )

const someone: Seen = {
  projectId: "1",
  ip: "203.0.113.7",
  userAgent: "Browser/1",
  given: undefined,
  moment: momentOf(NOON),
  historic: false,
}

/** The visitor of an event that is received at once, unless the changes say otherwise. */
const visitor = (receivedAt: number, changes: Partial<Seen> = {}) =>
  Effect.gen(function* () {
    const day = yield* (yield* Visitors).on(receivedAt)
    return day.of({ ...someone, moment: momentOf(receivedAt), ...changes })
  })

/** What a secret key reports of this time. */
const history = (at: string | number): Partial<Seen> => ({ moment: momentOf(new Date(at).getTime()), historic: true })

const test = (name: string, body: Effect.Effect<void, unknown, Visitors>) =>
  it.effect(name, () => Effect.provide(body, withSecret("secret")))

describe("visitor ids", () => {
  test(
    "are the same all day and another the next day, which knows the one of the day before",
    Effect.gen(function* () {
      const noon = yield* visitor(NOON)
      assert.deepStrictEqual(yield* visitor(NOON + DAY / 4), noon)
      assert.strictEqual((yield* visitor(NOON + DAY / 2 - 1)).ids.visitorId, noon.ids.visitorId)
      const next = yield* visitor(NOON + DAY / 2)
      assert.notStrictEqual(next.ids.visitorId, noon.ids.visitorId)
      assert.strictEqual(next.ids.previousVisitorId, noon.ids.visitorId)
      assert.strictEqual(next.partition, noon.partition)
    }),
  )

  test(
    "are UInt64 in decimal digits, different for each project, address and browser",
    Effect.gen(function* () {
      const ids = new Set<string>()
      const others = [{}, { projectId: "2" }, { ip: "203.0.113.8" }, { userAgent: "Browser/2" }, { ip: "", userAgent: "" }]
      for (const changes of others) {
        const { visitorId, previousVisitorId } = (yield* visitor(NOON, changes)).ids
        for (const id of [visitorId, previousVisitorId ?? ""]) {
          assert.match(id, /^(0|[1-9]\d{0,19})$/)
          assert.isTrue(BigInt(id) < 2n ** 64n)
          ids.add(id)
        }
      }
      assert.strictEqual(ids.size, 2 * others.length)
    }),
  )

  test(
    "change with the address, but their partition does not, so that an event repeated from another address meets its first attempt",
    Effect.gen(function* () {
      const home = yield* visitor(NOON)
      for (const ip of ["203.0.113.8", "2001:db8::1", ""]) {
        const away = yield* visitor(NOON, { ip })
        assert.notStrictEqual(away.ids.visitorId, home.ids.visitorId)
        assert.strictEqual(away.partition, home.partition)
        assert.strictEqual((yield* visitor(NOON, { ip, ...history("2020-01-01T12:00Z") })).partition, home.partition)
      }
    }),
  )

  test(
    "given by a server stay the same for ever, whatever address and browser, and have no previous one",
    Effect.gen(function* () {
      const given = yield* visitor(NOON, { given: "customer 17" })
      assert.isUndefined(given.ids.previousVisitorId)
      assert.deepStrictEqual(
        yield* visitor(NOON + 400 * DAY, { given: "customer 17", ip: "198.51.100.1", userAgent: "x", ...history("2020-01-01T12:00Z") }),
        given,
      )
      assert.notStrictEqual((yield* visitor(NOON, { given: "customer 18" })).ids.visitorId, given.ids.visitorId)
      assert.notStrictEqual((yield* visitor(NOON, { given: "customer 17", projectId: "2" })).ids.visitorId, given.ids.visitorId)
    }),
  )

  test(
    "follow the day of the event and not that of its receipt",
    Effect.gen(function* () {
      const onTime = yield* visitor(NOON)
      const dayLater = yield* visitor(NOON + DAY, { moment: momentOf(NOON) })
      assert.strictEqual(dayLater.ids.visitorId, onTime.ids.visitorId)
      assert.isUndefined(dayLater.ids.previousVisitorId, "the salt of two days ago is gone")
      assert.strictEqual(dayLater.ids.nextVisitorId, (yield* visitor(NOON + DAY)).ids.visitorId)
      const ahead = yield* visitor(NOON + DAY / 2 - 60_000, { moment: momentOf(NOON + DAY / 2) })
      assert.deepStrictEqual(ahead, yield* visitor(NOON + DAY / 2))
    }),
  )

  test(
    "bring the id of the next day along when midnight is nearer than a visit's longest silence",
    Effect.gen(function* () {
      const midnight = NOON + DAY / 2
      assert.isUndefined((yield* visitor(midnight - 37 * 60_000)).ids.nextVisitorId)
      const near = yield* visitor(midnight - 30 * 60_000)
      assert.strictEqual(near.ids.nextVisitorId, (yield* visitor(midnight)).ids.visitorId)
    }),
  )

  test(
    "of what a write key reports of days before the salts are those of yesterday",
    Effect.gen(function* () {
      const old = yield* visitor(NOON, { moment: momentOf(NOON - 3 * DAY) })
      assert.deepStrictEqual(old, yield* visitor(NOON, { moment: momentOf(NOON - DAY) }))
    }),
  )

  test(
    "of events from before the salts tell visitors apart for their day, and know the days beside it, whenever they are reported",
    Effect.gen(function* () {
      const then = yield* visitor(NOON, history("2020-05-01T23:50Z"))
      assert.deepStrictEqual(yield* visitor(NOON + 3 * DAY, history("2020-05-01T03:00Z")), then)
      const after = yield* visitor(NOON, history("2020-05-02T00:05Z"))
      assert.strictEqual(after.ids.previousVisitorId, then.ids.visitorId)
      assert.strictEqual(then.ids.nextVisitorId, after.ids.visitorId)
      assert.notStrictEqual(after.ids.visitorId, then.ids.visitorId)
      assert.notStrictEqual((yield* visitor(NOON)).ids.visitorId, then.ids.visitorId)
    }),
  )

  test(
    "join history and present over the midnight between them",
    Effect.gen(function* () {
      const lastOfHistory = yield* visitor(NOON, history(NOON - 2 * DAY))
      const firstOfSalts = yield* visitor(NOON, history(NOON - DAY))
      assert.strictEqual(lastOfHistory.ids.nextVisitorId, firstOfSalts.ids.visitorId)
      assert.strictEqual(firstOfSalts.ids.previousVisitorId, lastOfHistory.ids.visitorId)
      assert.strictEqual(firstOfSalts.ids.visitorId, (yield* visitor(NOON, { moment: momentOf(NOON - DAY) })).ids.visitorId)
    }),
  )

  it.effect("given by a server depend on the secret of the installation", () =>
    Effect.gen(function* () {
      const one = yield* Effect.provide(visitor(NOON, { given: "a" }), withSecret("one"))
      const two = yield* Effect.provide(visitor(NOON, { given: "a" }), withSecret("two"))
      assert.notStrictEqual(one.ids.visitorId, two.ids.visitorId)
    }),
  )
})
