import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import * as InstallationKeySecret from "../../src/adapters/InstallationKeySecret.ts"
import { historicDayOf, type Seen, Visitors } from "../../src/domain/Visitors.ts"
import { layerMemory } from "../support/control-plane.ts"

const DAY = 86_400_000
const NOON = Date.parse("2026-11-23T12:00:00Z")

const withSecret = (secret: string) =>
  Visitors.layer.pipe(
    Layer.provide([layerMemory, InstallationKeySecret.layer]),
    Layer.provide([ConfigProvider.layer(ConfigProvider.fromUnknown({ AUTH_SECRET: secret }))]),
    Layer.fresh,
  )

const someone: Seen = { projectId: "1", ip: "203.0.113.7", userAgent: "Browser/1", given: undefined, historicDay: undefined }

const visitor = (receivedAt: number, changes: Partial<Seen> = {}) =>
  Effect.gen(function* () {
    const day = yield* (yield* Visitors).on(receivedAt)
    return day.of({ ...someone, ...changes })
  })

const test = (name: string, body: Effect.Effect<void, unknown, Visitors>) =>
  it.effect(name, () => Effect.provide(body, withSecret("secret")))

describe("visitor ids", () => {
  test(
    "are the same all day and another the next day, which knows the one of the day before",
    Effect.gen(function* () {
      const noon = yield* visitor(NOON)
      assert.deepStrictEqual(yield* visitor(NOON + DAY / 2 - 1), noon)
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
        assert.strictEqual((yield* visitor(NOON, { ip, historicDay: "2020-01-01" })).partition, home.partition)
      }
    }),
  )

  test(
    "are the same for all addresses of an IPv6 /64, of which a browser takes a new one every day or hour, and others for the next /64",
    Effect.gen(function* () {
      for (const historicDay of [undefined, "2020-01-01"]) {
        const home = yield* visitor(NOON, { ip: "2001:db8:1:2::1", historicDay })
        for (const ip of ["2001:db8:1:2:a1b2:c3d4:e5f6:a7b8", "2001:db8:1:2:ffff::"])
          assert.deepStrictEqual(yield* visitor(NOON, { ip, historicDay }), home)
        for (const ip of ["2001:db8:1:3::1", "2001:db8:1::1", "203.0.113.7"])
          assert.notStrictEqual((yield* visitor(NOON, { ip, historicDay })).ids.visitorId, home.ids.visitorId)
      }
    }),
  )

  test(
    "given by a server stay the same for ever, whatever address and browser, and have no previous one",
    Effect.gen(function* () {
      const given = yield* visitor(NOON, { given: "customer 17" })
      assert.isUndefined(given.ids.previousVisitorId)
      assert.deepStrictEqual(
        yield* visitor(NOON + 400 * DAY, { given: "customer 17", ip: "198.51.100.1", userAgent: "x", historicDay: "2020-01-01" }),
        given,
      )
      assert.notStrictEqual((yield* visitor(NOON, { given: "customer 18" })).ids.visitorId, given.ids.visitorId)
      assert.notStrictEqual((yield* visitor(NOON, { given: "customer 17", projectId: "2" })).ids.visitorId, given.ids.visitorId)
    }),
  )

  test(
    "of events from before the salts tell visitors apart for their day",
    Effect.gen(function* () {
      const then = yield* visitor(NOON, { historicDay: "2020-05-01" })
      assert.isUndefined(then.ids.previousVisitorId)
      assert.deepStrictEqual(yield* visitor(NOON + 3 * DAY, { historicDay: "2020-05-01" }), then)
      assert.notStrictEqual((yield* visitor(NOON, { historicDay: "2020-05-02" })).ids.visitorId, then.ids.visitorId)
      assert.notStrictEqual((yield* visitor(NOON)).ids.visitorId, then.ids.visitorId)
    }),
  )

  it.effect("given by a server depend on the secret of the installation", () =>
    Effect.gen(function* () {
      const one = yield* Effect.provide(visitor(NOON, { given: "a" }), withSecret("one"))
      const two = yield* Effect.provide(visitor(NOON, { given: "a" }), withSecret("two"))
      assert.notStrictEqual(one.ids.visitorId, two.ids.visitorId)
    }),
  )

  it("reach back to the day before the receipt; what lies before is historic", () => {
    const midnight = Date.parse("2026-11-22T00:00:00Z")
    assert.isUndefined(historicDayOf(NOON, NOON))
    assert.isUndefined(historicDayOf(midnight, NOON))
    assert.strictEqual(historicDayOf(midnight - 1, NOON), "2026-11-21")
  })
})
