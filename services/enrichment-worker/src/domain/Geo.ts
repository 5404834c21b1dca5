import { Context } from "effect"

/** Where an address is, as far as a database knows; empty where it does not. */
export interface Place {
  /** ISO 3166 alpha-2. */
  readonly country: string
  readonly region: string
  readonly city: string
}

export const nowhere: Place = { country: "", region: "", city: "" }

/** Turns addresses into places. The address is forgotten with the answer. */
export class Geo extends Context.Service<
  Geo,
  {
    /** Never fails: an address that is private, malformed or unknown is {@link nowhere}. */
    locate(ip: string): Place
  }
>()("@footfall/enrichment-worker/domain/Geo") {}

const text = (value: unknown): string => (typeof value === "string" ? value : "")

const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined),
    value,
  )

const countryCode = (value: unknown): string => {
  const code = text(value)
  return /^[A-Z]{2}$/.test(code) && code !== "ZZ" && code !== "XX" ? code : ""
}

/**
 * The place in a database record of either shape: flat (ip-location-db: `country_code`, `state1`, `city`) or nested
 * (MaxMind's GeoLite2 and GeoIP2: `country.iso_code`, `subdivisions[0].names.en`, `city.names.en`).
 */
export const placeOf = (record: unknown): Place => {
  if (typeof record !== "object" || record === null) return nowhere
  if ("country_code" in record) {
    return { country: countryCode(record.country_code), region: text(at(record, "state1")), city: text(at(record, "city")) }
  }
  return {
    country: countryCode(at(record, "country", "iso_code") ?? at(record, "registered_country", "iso_code")),
    region: text(at(record, "subdivisions", 0, "names", "en")),
    city: text(at(record, "city", "names", "en")),
  }
}
