import type { Millis } from "./TimeZone.ts"

/** An instant as the contract writes it: RFC 3339 in UTC. */
export const iso = (instant: Millis) => new Date(instant).toISOString()
