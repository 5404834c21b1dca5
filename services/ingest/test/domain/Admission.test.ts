import { Event } from "@footfall/contracts/generated/shared"
import { Schema } from "effect"
import { assert, describe, it } from "vitest"
import { admit } from "../../src/domain/Admission.ts"
import { checkProperties } from "../../src/domain/properties.ts"
import { pageview } from "../support/app.ts"

const NOW = Date.parse("2026-11-23T12:00:00.000Z")
const decide = (event: unknown, kind: "write" | "secret" = "secret") => admit({ kind, receivedAt: NOW, sentAt: undefined, events: [event] })
const refusal = (event: unknown, kind?: "write" | "secret") => decide(event, kind).refusals[0]

const uuid = "0199a0a0-1111-7222-8333-444455556666"
const junk = [
  null,
  true,
  0,
  -1,
  1.5,
  "",
  "x",
  "🦊".repeat(60),
  "a".repeat(121),
  "a".repeat(513),
  "a\0b",
  [],
  {},
  { a: { a: 1 } },
  [[]],
  "https://a/",
  "HTTPS://a/",
  uuid,
  "2026-11-23T11:00:00Z",
  "2026-02-30T11:00:00Z",
  "pageview",
  "event",
]
const bases = [
  {
    kind: "pageview",
    id: uuid,
    timestamp: "2026-11-23T11:00:00.000Z",
    url: "https://a/",
    referrer: "r",
    title: "t",
    properties: { a: 1 },
    context: { ip: "203.0.113.7", userAgent: "u", visitorId: "v" },
  },
  { kind: "event", name: "n", id: uuid, timestamp: "2026-11-23T11:00:00+01:00", url: "https://a/", properties: { a: { b: [1] } } },
]
let seed = 11
const random = (below: number) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return (seed >> 8) % below
}
const mutated = (): Record<string, unknown> => {
  const event: Record<string, unknown> = structuredClone(bases[random(2)]) as never
  for (let i = 0; i <= random(2); i++) {
    const target =
      random(5) === 0 && typeof event["context"] === "object" && event["context"] !== null
        ? (event["context"] as Record<string, unknown>)
        : event
    const names = Object.keys(target)
    const name = names[random(names.length)] ?? "kind"
    if (random(4) === 0) delete target[name]
    else target[name] = junk[random(junk.length)]
  }
  return event
}

describe("Admission", () => {
  it("accepts an event exactly when the contract does, apart from the rules that the contract states in words", () => {
    const accepts = Schema.is(Event)
    let accepted = 0
    for (let i = 0; i < 30_000; i++) {
      const event = mutated()
      const found = refusal(event)
      const byContract = accepts(event) && (event["properties"] === undefined || "properties" in checkProperties(event["properties"]))
      const inWords =
        found !== undefined && (found.reason !== "invalid" || found.pointer === "/events/0/context/ip" || found.pointer === "/events/0/url")
      if (found === undefined) assert.isTrue(byContract, JSON.stringify(event))
      else if (!inWords) assert.isFalse(byContract, JSON.stringify([event, found]))
      if (found === undefined) accepted++
    }
    assert.isAbove(accepted, 2_000)
  })

  it("says for each limit of the contract where it was passed", () => {
    const cases: ReadonlyArray<readonly [string, (n: number) => Record<string, unknown>, number]> = [
      ["/title", (n) => ({ title: "🦊".repeat(n) }), 512],
      ["/referrer", (n) => ({ referrer: "r".repeat(n) }), 4096],
      ["/url", (n) => ({ url: `https://a/?${"q".repeat(n - 11)}` }), 4096],
      ["/name", (n) => ({ kind: "event", name: "ü".repeat(n) }), 120],
      ["/context/userAgent", (n) => ({ context: { userAgent: "u".repeat(n) } }), 1024],
      ["/context/visitorId", (n) => ({ context: { visitorId: "v".repeat(n) } }), 128],
    ]
    for (const [pointer, changes, limit] of cases) {
      assert.isUndefined(refusal(pageview(changes(limit))), pointer)
      assert.deepInclude(refusal(pageview(changes(limit + 1))), { index: 0, reason: "invalid", pointer: `/events/0${pointer}` })
    }
  })

  it("names an unknown kind and a missing one", () => {
    assert.deepInclude(refusal({ url: "https://a/" }), { pointer: "/events/0/kind", message: "Missing required field" })
    assert.deepInclude(refusal({ kind: "purchase" }), { pointer: "/events/0/kind", message: `Expected "pageview" or "event"` })
    assert.deepInclude(refusal({ kind: "event" }), { pointer: "/events/0/name", message: "Missing required field" })
  })

  it("takes a context from a secret key only, and only with a real address", () => {
    const event = pageview({ context: { ip: "203.0.113.7" } })
    assert.deepInclude(refusal(event, "write"), { reason: "secret_key_required", pointer: "/events/0/context" })
    assert.isUndefined(refusal(event))
    for (const ip of ["203.0.113", "example.com", "203.0.113.7:80", "::1\0"]) {
      assert.deepInclude(refusal(pageview({ context: { ip } })), { reason: "invalid", pointer: "/events/0/context/ip" })
    }
  })

  it("keeps nothing that the contract does not name", () => {
    const [admitted] = decide({ ...pageview(), ip: "203.0.113.7", projectId: "1", visitorId: "2", at: 1 }, "write").accepted
    assert.hasAllKeys(admitted?.event ?? {}, ["id", "kind", "name", "at", "url", "referrer", "title"])
  })
})
