import { expect, test } from "vitest"
import { forwardedFor } from "#server/forwarded.ts"

const from = (peer: string | undefined, header?: string) =>
  forwardedFor({ headers: header === undefined ? {} : { "x-forwarded-for": header }, socket: { remoteAddress: peer } } as never)

test("who asks is told to the API with the proxies in between, the nearest last", () => {
  expect(from("203.0.113.7")).toBe("203.0.113.7")
  expect(from("127.0.0.1", "203.0.113.7")).toBe("203.0.113.7, 127.0.0.1")
  expect(from("10.0.0.1", "6.6.6.6, 203.0.113.7")).toBe("6.6.6.6, 203.0.113.7, 10.0.0.1")
  expect(from(undefined, "203.0.113.7")).toBe("203.0.113.7, unknown")
})

test("a header as long as it likes is cut to what is ever judged", () => {
  const long = Array.from({ length: 500 }, (_, index) => `10.0.0.${index}`).join(", ")
  expect(from("127.0.0.1", long).split(", ")).toHaveLength(21)
  expect(from("127.0.0.1", "x".repeat(1_000))).toBe("unknown, 127.0.0.1")
})
