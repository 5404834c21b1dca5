import { expect, test } from "vitest"
import { reachOf } from "#lib/features/install/reach.ts"
import { snippets } from "#lib/features/install/snippets.ts"
import { trackingKind } from "#lib/features/install/tracking.ts"
import type { TrackingState } from "#lib/features/install/tracking.ts"

const MINUTE = 60_000
const NOW = Date.parse("2026-11-27T12:00:00Z")

test("an address is told from one that works on this computer only, and from one that https pages cannot load", () => {
  expect(["http://localhost:3001", "http://127.0.0.1:3001", "http://[::1]:3001", "https://a.localhost"].map(reachOf)).toEqual(
    Array.from({ length: 4 }, () => "this-computer"),
  )
  expect(reachOf("http://stats.example.com")).toBe("http")
  expect(["https://www.example.com/stats", "https://localhost.example.com", "https://127.example.com"].map(reachOf)).toEqual(
    Array.from({ length: 3 }, () => "anywhere"),
  )
})

test("every way to send events names the key and the host", () => {
  const all = snippets({ writeKey: "ffw_key", domain: null }, "https://www.example.com/stats")
  expect(all.map(({ id }) => id)).toEqual(["script", "react", "vue", "wordpress", "gtm", "npm", "curl"])
  for (const { code } of all) expect(code).toContain("ffw_key")
  for (const { code } of all) expect(code).toContain("https://www.example.com/stats")
})

test("the first event is news for an hour; afterwards tracking works as long as events come", () => {
  const kind = (firstAgo: number | undefined, latestAgo: number) => {
    const firstEvent =
      firstAgo === undefined ? null : ({ timestamp: new Date(NOW - firstAgo).toISOString() } as NonNullable<TrackingState["firstEvent"]>)
    const bots = { events: 0, latestEventAt: null, latestSignal: null }
    return trackingKind({ firstEvent, latest: firstEvent && NOW - latestAgo, bots, now: NOW }, NOW)
  }
  expect(kind(undefined, 0)).toBe("waiting")
  expect(kind(MINUTE, 0)).toBe("first")
  expect(kind(61 * MINUTE, MINUTE)).toBe("works")
  expect(kind(30 * 24 * 60 * MINUTE, 24 * 60 * MINUTE)).toBe("quiet")
})
