import { expect, test } from "vitest"
import { forwardedFor } from "#lib/server/api.ts"

test("who asks is told to the API with the proxies in between, the nearest last", () => {
  expect(forwardedFor(null, "203.0.113.7")).toBe("203.0.113.7")
  expect(forwardedFor("", "203.0.113.7")).toBe("203.0.113.7")
  expect(forwardedFor("203.0.113.7", "127.0.0.1")).toBe("203.0.113.7, 127.0.0.1")
  expect(forwardedFor("6.6.6.6, 203.0.113.7", "10.0.0.1")).toBe("6.6.6.6, 203.0.113.7, 10.0.0.1")
})
