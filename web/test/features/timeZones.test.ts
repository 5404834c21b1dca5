import { expect, test } from "vitest"
import { likelyZone } from "#lib/features/projects/timeZones.ts"

test("a zone that is spelled another way is guessed", () => {
  expect(["Berlin", "Berl", "new york", "europe/berlin", "utc"].map(likelyZone)).toEqual([
    "Europe/Berlin",
    "Europe/Berlin",
    "America/New_York",
    "Europe/Berlin",
    "UTC",
  ])
  expect([likelyZone(""), likelyZone("xx"), likelyZone("Atlantis")]).toEqual([undefined, undefined, undefined])
})
