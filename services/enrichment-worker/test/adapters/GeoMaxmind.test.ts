import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as GeoMaxmind from "../../src/adapters/GeoMaxmind.ts"
import { Geo, nowhere, placeOf } from "../../src/domain/Geo.ts"
import { mmdb } from "./mmdb.ts"

const withGeo = <A, E>(env: Record<string, string>, use: (geo: Geo["Service"]) => Effect.Effect<A, E>) =>
  Effect.flatMap(Geo, use).pipe(
    Effect.provide(Layer.fresh(GeoMaxmind.layer).pipe(Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(env))))),
  )

const withDatabase = <A, E>(database: Buffer, use: (geo: Geo["Service"]) => Effect.Effect<A, E>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "footfall-geo-"))),
    (folder) => {
      writeFileSync(join(folder, "city.mmdb"), database)
      return withGeo({ GEO_DATABASE: join(folder, "city.mmdb") }, use)
    },
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true })),
  )

const london = {
  country: { iso_code: "GB", geoname_id: 2635167, names: { en: "United Kingdom", de: "Vereinigtes Königreich" } },
  subdivisions: [
    { iso_code: "ENG", names: { de: "England (de)", en: "England" } },
    { iso_code: "WBK", names: { en: "West Berkshire" } },
  ],
  city: { names: { en: "London", ja: "ロンドン" } },
}

describe("places of addresses", () => {
  it.effect("the packaged databases know IPv4, IPv6, and IPv4 written as or carried in IPv6", () =>
    withGeo({}, (geo) =>
      Effect.sync(() => {
        const google = geo.locate("8.8.8.8")
        assert.strictEqual(google.country, "US")
        assert.notStrictEqual(google.city, "")
        for (const same of [
          "::ffff:8.8.8.8",
          "::ffff:808:808",
          "64:ff9b::808:808",
          "2002:808:808::1",
          "2001:0:4136:e378:8000:63bf:f7f7:f7f7",
        ])
          assert.deepStrictEqual(geo.locate(same), google, same)
        assert.strictEqual(geo.locate("81.2.69.142").country, "GB")
        assert.strictEqual(geo.locate("2a02:8106::1").country, "DE")
      }),
    ),
  )

  it.effect("private, malformed and missing addresses are nowhere", () =>
    withGeo({}, (geo) =>
      Effect.sync(() => {
        for (const ip of ["", "127.0.0.1", "10.1.2.3", "192.168.0.1", "::1", "fe80::1", "nonsense", "1.2.3", "8.8.8.8; DROP"]) {
          assert.deepStrictEqual(geo.locate(ip), nowhere)
        }
      }),
    ),
  )

  it.effect("one file of MaxMind's shape, named by GEO_DATABASE, answers for both kinds of address", () =>
    withDatabase(mmdb(6, { "203.0.113.7": london, "2001:db8::1": { registered_country: { iso_code: "JP" } } }), (geo) =>
      Effect.sync(() => {
        assert.deepStrictEqual(geo.locate("203.0.113.7"), { country: "GB", region: "England", city: "London" })
        assert.deepStrictEqual(geo.locate("2001:db8::1"), { country: "JP", region: "", city: "" })
        assert.deepStrictEqual(geo.locate("203.0.113.8"), nowhere)
      }),
    ),
  )

  it.effect("one flat file for IPv4 only answers for IPv4, and never makes up a place for IPv6", () =>
    withDatabase(mmdb(4, { "32.1.13.184": { country_code: "FR", state1: "Bretagne", city: "Brest" } }), (geo) =>
      Effect.sync(() => {
        assert.deepStrictEqual(geo.locate("32.1.13.184"), { country: "FR", region: "Bretagne", city: "Brest" })
        // 2001:0db8:: begins with the bits of 32.1.13.184.
        assert.deepStrictEqual(geo.locate("2001:db8::"), nowhere)
      }),
    ),
  )

  it.effect("a database that is not there stops the start, by name", () =>
    Effect.gen(function* () {
      const missing = yield* Effect.flip(withGeo({ GEO_DATABASE: "/nowhere/city.mmdb" }, () => Effect.void))
      assert.deepInclude(missing, { _tag: "GeoDatabaseMissing", path: "/nowhere/city.mmdb" })
    }),
  )

  it("codes that mean no country are none", () => {
    for (const code of ["ZZ", "XX", "", "de", "DEU", 7]) assert.strictEqual(placeOf({ country_code: code }).country, "")
    assert.deepStrictEqual(placeOf(null), nowhere)
    assert.deepStrictEqual(placeOf({}), nowhere)
    assert.deepStrictEqual(placeOf({ subdivisions: [], city: { names: {} }, country: null }), nowhere)
  })
})
