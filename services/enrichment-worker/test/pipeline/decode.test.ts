import { assert, describe, it } from "@effect/vitest"
import { encodeBatch } from "@footfall/event-log/codec"
import type { LoggedBatch } from "@footfall/event-log/LoggedBatch"
import type { LogEntry } from "@footfall/event-log/PartitionLog"
import { Effect } from "effect"
import { decode } from "../../src/pipeline/decode.ts"

const sender = { projectId: "1", visitorId: "2", previousVisitorId: "3", ip: "203.0.113.77", userAgent: "x", language: "" }
const event = {
  id: "01994ad2-0000-7000-8000-00000000abcd",
  kind: "pageview",
  name: "",
  at: 1_795_000_000_000,
  url: "",
  referrer: "",
  title: "",
}
const group = { sender, receivedAt: 1_795_000_000_000, events: [event] }

const entry = (groups: unknown, id = "1-1"): LogEntry => ({ id, bytes: encodeBatch({ groups } as LoggedBatch) })

describe("unpacking entries", () => {
  it.effect("gives every event with its sender, in the order of the log", () =>
    Effect.gen(function* () {
      const second = { ...event, id: "01994ad2-0000-7000-8000-00000000abce" }
      const { ids, arrived, letters } = yield* decode(0, [entry([group], "1-1"), entry([{ ...group, events: [second, event] }], "1-2")])
      assert.deepStrictEqual(ids, ["1-1", "1-2"])
      assert.deepStrictEqual(
        arrived.map(({ event: { id }, entry: of }) => [id, of]),
        [
          [event.id, "1-1"],
          [second.id, "1-2"],
          [event.id, "1-2"],
        ],
      )
      assert.deepStrictEqual(letters, [])
    }),
  )

  it.effect("sets aside entries that cannot be unpacked, with the reason and without their bytes, and goes on", () =>
    Effect.gen(function* () {
      const bad = [Buffer.from([9, 1, 2]), Buffer.from([1, 255, 255]), Buffer.alloc(0)].map((bytes, n) => ({ id: `1-${n}`, bytes }))
      const { ids, arrived, letters } = yield* decode(3, [...bad, entry([group], "1-9")])
      assert.deepStrictEqual(ids, ["1-0", "1-1", "1-2", "1-9"])
      assert.strictEqual(arrived.length, 1)
      assert.deepStrictEqual(
        letters.map(({ partition, id, content }) => [partition, id, content]),
        [
          [3, "1-0", ""],
          [3, "1-1", ""],
          [3, "1-2", ""],
        ],
      )
      assert.include(letters[0]?.reason, "unknown version 9")
    }),
  )

  it.effect("passes on what a client tells of itself, also what a newer ingest may add to it", () =>
    Effect.gen(function* () {
      const clients = [{}, { brands: `"Brave";v="143"`, mobile: "?0", automated: true }, { multiTouch: true, another: 1 }]
      const { arrived, letters } = yield* decode(0, [entry(clients.map((client) => ({ ...group, sender: { ...sender, client } })))])
      assert.deepStrictEqual(letters, [])
      assert.deepStrictEqual(
        arrived.map(({ sender: { client } }) => client),
        clients as never,
      )
    }),
  )

  const groups: Readonly<Record<string, unknown>> = {
    nothing: null,
    "a text": "x",
    "no sender": { ...group, sender: undefined },
    "a project id with a quote": { ...group, sender: { ...sender, projectId: '1","x' } },
    "a negative visitor id": { ...group, sender: { ...sender, visitorId: "-1" } },
    "a receipt that is no time": { ...group, receivedAt: Number.NaN },
    "a client that is none": { ...group, sender: { ...sender, client: null } },
    "client hints that are no text": { ...group, sender: { ...sender, client: { platform: 7 } } },
    "a client driven by something else than a yes": { ...group, sender: { ...sender, client: { automated: "no" } } },
    "no events": { ...group, events: {} },
  }
  for (const [what, malformed] of Object.entries(groups))
    it.effect(`sets aside a group with ${what}, without its address; its neighbours go on`, () =>
      Effect.gen(function* () {
        const { arrived, letters } = yield* decode(0, [entry([malformed, group])])
        assert.strictEqual(arrived.length, 1)
        assert.strictEqual(letters[0]?.reason, "malformed group")
        assert.notInclude(JSON.stringify(letters), sender.ip)
      }),
    )

  const events: Readonly<Record<string, unknown>> = {
    nothing: null,
    "an id that is no UUID": { ...event, id: 'x","y' },
    "an unknown kind": { ...event, kind: "engagement" },
    "a time far in the future": { ...event, at: 1e14 },
    "a fraction of a millisecond": { ...event, at: 1.5 },
    "no url": { ...event, url: undefined },
    "a list of properties": { ...event, properties: [1] },
  }
  for (const [what, malformed] of Object.entries(events))
    it.effect(`sets aside an event with ${what}; its neighbours go on`, () =>
      Effect.gen(function* () {
        const { arrived, letters } = yield* decode(0, [entry([{ ...group, events: [event, malformed] }])])
        assert.strictEqual(arrived.length, 1)
        assert.strictEqual(letters[0]?.reason, "malformed event")
      }),
    )

  it.effect("a batch ends with the entry that makes it large enough; the same entries are always cut the same way", () =>
    Effect.gen(function* () {
      const many = Array.from({ length: 6 }, (_, n) => entry([{ ...group, events: Array.from({ length: 9_000 }, () => event) }], `1-${n}`))
      const { ids, arrived } = yield* decode(0, many)
      assert.deepStrictEqual(ids, ["1-0", "1-1", "1-2"])
      assert.strictEqual(arrived.length, 27_000)
      const heavy = { ...event, properties: { text: "x".repeat(1_000_000) } }
      const few = Array.from({ length: 60 }, (_, n) => entry([{ ...group, events: [heavy] }], `1-${n}`))
      const cut = yield* decode(0, few)
      assert.isAbove(cut.ids.length, 30)
      assert.isBelow(cut.ids.length, 36)
    }),
  )
})
