import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { CustomEvent, Event, EventBatch, FilterText } from "../src/generated/shared.ts"
import { OwnerCreate } from "../src/generated/management.ts"
import { fieldErrorsOf } from "../src/runtime.ts"

const errors = (schema: Schema.Top, input: unknown, prefix?: string) => {
  const decoded = Schema.decodeUnknownResult(schema as Schema.Codec<unknown>, { errors: "all", onExcessProperty: "error" })(input)
  if (Result.isSuccess(decoded)) throw new Error("expected the input to be refused")
  return fieldErrorsOf(decoded.failure.issue, "body", prefix).map(({ message, pointer }) => `${pointer}: ${message}`)
}

const pageview = { kind: "pageview", url: "https://a.example/" }

describe("a field error says where and what, in words for a person", () => {
  const cases: Readonly<Record<string, readonly [schema: Schema.Top, input: unknown, expected: ReadonlyArray<string>]>> = {
    "a text that is too long": [Event, { ...pageview, title: "x".repeat(513) }, ["/title: Expected a string with at most 512 characters"]],
    "a wrong type": [Event, { ...pageview, title: 3 }, ["/title: Expected a string"]],
    "a missing property": [CustomEvent, { kind: "event" }, ["/name: Missing required field"]],
    "an unknown property": [
      OwnerCreate,
      { setupCode: "x", name: "A", email: "a@b.de", password: "0123456789", admin: true },
      ["/admin: Unknown field"],
    ],
    "several at once": [
      OwnerCreate,
      { setupCode: "x", name: "", email: "nobody", password: "short" },
      [
        "/name: Expected a string with at least 1 character",
        "/email: Expected an e-mail address",
        "/password: Expected a string with at least 10 characters",
      ],
    ],
    "a kind that does not exist": [Event, { kind: "purchase" }, [`: Expected an object whose kind is "pageview" or "event"`]],
    "something else instead of an object": [EventBatch, [], [": Expected an object"]],
    "too few items": [EventBatch, { events: [] }, ["/events: Expected an array with at least 1 item"]],
    "too many properties": [
      CustomEvent,
      { kind: "event", name: "n", properties: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`p${index}`, 1])) },
      ["/properties: Expected a value with at most 64 entries"],
    ],
    "a pattern": [Event, { ...pageview, url: "ftp://a.example/" }, ["/url: Expected an http or https URL"]],
    "a pattern of words": [
      FilterText,
      "page",
      [": Expected a dimension, then :is: or :is_not:, then at most 2,048 characters without NUL, such as page:is:/pricing"],
    ],
    "a date-time": [
      Event,
      { ...pageview, timestamp: "yesterday" },
      ["/timestamp: Expected a date-time with a time zone, such as 2026-11-01T08:00:00Z"],
    ],
    "one of some words": [Schema.Struct({ a: Schema.Literals(["x", "y", "z"]) }), { a: "q" }, [`/a: Expected "x", "y" or "z"`]],
    "a number in a range": [Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3 })), 7, [": Expected a value between 1 and 3"]],
    "a number that is not whole": [Schema.Struct({ n: Schema.Int }), { n: 1.5 }, ["/n: Expected an integer"]],
    "text or null": [Schema.NullOr(Schema.String), 3, [": Expected a string or null"]],
    "a key with slashes and tildes": [Schema.Record(Schema.String, Schema.Int), { "a/b~c": "x" }, ["/a~1b~0c: Expected an integer"]],
  }
  for (const [name, [schema, input, expected]] of Object.entries(cases)) {
    it(name, () => expect(errors(schema, input)).toEqual(expected))
  }

  it("the pointer starts at the place that the caller names", () => {
    expect(errors(Event, { ...pageview, url: 1 }, "/events/3")).toEqual(["/events/3/url: Expected a string"])
  })

  it("what was sent is never repeated", () => {
    const said = errors(OwnerCreate, { setupCode: "x", name: "A", email: "hunter2hunter2", password: "hunter2" }).join()
    expect(said).not.toContain("hunter2")
  })

  it("a hostile body gets at most 100 errors", () => {
    const input = Array.from({ length: 5000 }, () => "x")
    expect(errors(Schema.Array(Schema.Int), input)).toHaveLength(100)
  })
})
