import { assert, describe, it } from "@effect/vitest"
import { ClickHouse } from "@footfall/platform/ClickHouse"
import { Effect, Schema } from "effect"
import { encodeBotEventRow, encodeEventRow, type EventRow } from "../src/EventRow.ts"
import { blockOf, type Table } from "../src/insert.ts"
import { migrate } from "../src/migrate.ts"
import { rehearse } from "../src/rehearse.ts"
import { encodeSessionRow } from "../src/SessionRow.ts"
import { eventRow, named, sessionRow } from "./rows.ts"
import { withWarehouse } from "./warehouse.ts"

const Row = Schema.Record(Schema.String, Schema.Unknown)

const select = Effect.fnUntraced(function* (sql: string) {
  return (yield* (yield* ClickHouse).query({ sql, params: {}, row: Row })).rows
})

const insert = Effect.fnUntraced(function* (table: Table, lines: ReadonlyArray<string>, token: string) {
  yield* (yield* ClickHouse).insert(blockOf(table, lines, token))
})

const migrated = <A, E>(test: Effect.Effect<A, E, ClickHouse>) => withWarehouse(() => Effect.andThen(migrate, test))

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const attributeColumns = Object.fromEntries(Object.entries(named).map(([name, value]) => [snakeCase(name), value]))

const eventColumns = {
  project_id: eventRow.projectId,
  timestamp: "2026-11-02 10:00:00.123",
  event_id: eventRow.eventId,
  kind: "event",
  name: eventRow.name,
  visitor_id: eventRow.visitorId,
  person_id: eventRow.personId,
  session_id: eventRow.sessionId,
  hostname: "example.com",
  path: eventRow.path,
  query: "a=1&b=2",
  title: eventRow.title,
  ...attributeColumns,
  properties: {},
  received_at: "2026-11-02 10:00:01.456",
}

const own = { own: eventRow.own }

const propertiesAfter = Effect.fnUntraced(function* (properties: EventRow["properties"], name: string) {
  yield* insert("events", [encodeEventRow({ ...eventRow, name, properties })], name)
  const [row] = yield* select(`SELECT toString(properties) AS text FROM events WHERE name = '${name}'`)
  return JSON.parse(String(row?.["text"])) as unknown
})

describe("rows of the warehouse", () => {
  it.live("an event comes back as it was written, every column, ids of 64 bits and any text included", () =>
    migrated(
      Effect.gen(function* () {
        yield* insert("events", [encodeEventRow(eventRow)], "a")
        assert.deepStrictEqual(yield* select("SELECT * FROM events"), [{ ...eventColumns, ...own }])
        yield* insert("bot_events", [encodeBotEventRow({ ...eventRow, botSignal: "user agent: bot" })], "a")
        assert.deepStrictEqual(yield* select("SELECT * FROM bot_events"), [{ ...eventColumns, bot_signal: "user agent: bot" }])
      }),
    ),
  )

  it.live("a block whose token was seen changes nothing, whatever table it is for", () =>
    migrated(
      Effect.gen(function* () {
        for (let n = 0; n < 3; n++) {
          yield* insert("events", [encodeEventRow(eventRow)], "token:events")
          yield* insert("sessions", [encodeSessionRow(sessionRow, 1)], "token:sessions")
        }
        yield* insert("events", [encodeEventRow(eventRow)], "another:events")
        assert.deepStrictEqual(yield* select("SELECT count() AS n FROM events"), [{ n: "2" }])
        assert.deepStrictEqual(yield* select("SELECT sum(sign) AS n FROM sessions"), [{ n: "1" }])
      }),
    ),
  )

  it.live("a session that changes counts once at every moment, and only its new row is left after a merge", () =>
    migrated(
      Effect.gen(function* () {
        yield* insert("sessions", [encodeSessionRow(sessionRow, 1)], "a")
        const earlier = { ...sessionRow, startedAt: Date.parse("2026-10-31T23:50:00Z"), pageviews: 3, version: 4 }
        yield* insert("sessions", [encodeSessionRow(sessionRow, -1), encodeSessionRow(earlier, 1)], "b")
        const sums = yield* select("SELECT sum(sign) AS visits, sum(sign * toInt64(pageviews)) AS pageviews FROM sessions")
        assert.deepStrictEqual(sums, [{ visits: "1", pageviews: "3" }])
        yield* (yield* ClickHouse).command("OPTIMIZE TABLE sessions FINAL")
        const left = yield* select("SELECT * EXCEPT (sign, version) FROM sessions FINAL")
        const { entry_path, ...rest } = attributeColumns
        assert.deepStrictEqual(left, [
          {
            project_id: "1",
            session_id: "2",
            visitor_id: "3",
            person_id: "4",
            started_at: "2026-10-31 23:50:00.000",
            ended_at: "2026-11-02 10:05:00.000",
            pageviews: 3,
            events: 1,
            entry_path,
            exit_path: "/out",
            hostname: "example.com",
            ...rest,
            pages: sessionRow.pages,
            names: sessionRow.names,
          },
        ])
      }),
    ),
  )

  it.live("properties keep numbers, booleans and texts apart, and a text that looks like a date stays text", () =>
    migrated(
      Effect.gen(function* () {
        const properties = {
          n: 1.5,
          yes: true,
          text: "1",
          day: "2026-11-02",
          moment: "2026-11-02 10:00:00",
          list: [1, "x"],
          deep: { a: { b: "c" } },
        }
        yield* insert("events", [encodeEventRow({ ...eventRow, properties })], "a")
        const [row] =
          yield* select(`SELECT dynamicType(properties.n) AS n, dynamicType(properties.yes) AS yes, dynamicType(properties.text) AS text,
          dynamicType(properties.day) AS day, dynamicType(properties.moment) AS moment, properties.deep.a.b::String AS deep FROM events`)
        assert.deepStrictEqual(row, { n: "Float64", yes: "Bool", text: "String", day: "String", moment: "String", deep: "c" })
      }),
    ),
  )

  it.live("what JSON can say and ClickHouse cannot is mended instead of refused", () =>
    migrated(
      Effect.gen(function* () {
        const huge = yield* propertiesAfter(
          { a: 123456789012345680000, b: -(2 ** 63) - 2048, c: 9007199254740991, d: "12345678901234567890123" },
          "huge",
        )
        assert.deepStrictEqual(huge, {
          a: 123456789012345680000,
          b: -(2 ** 63) - 2048,
          c: "9007199254740991",
          d: "12345678901234567890123",
        })
        const halves = yield* propertiesAfter({ "\ud800": "a\udc00b", pair: "😀", escaped: "\\ud800" }, "halves")
        assert.deepStrictEqual(halves, { "\ufffd": "a\ufffdb", pair: "😀", escaped: "\\ud800" })
        assert.deepStrictEqual(yield* propertiesAfter({ "a.b": 1, a: { b: 2 } }, "paths"), { a: { b: "1" } })
        assert.deepStrictEqual(yield* propertiesAfter({ __proto__: null, "": "x", "\u0000": "\u0000", nested: [[[{ a: null }]]] }, "odd"), {
          "": "x",
          "\u0000": "\u0000",
          nested: [[[{}]]],
        })
        yield* insert("events", [encodeEventRow({ ...eventRow, name: "title", title: "half \ud83d of a pair" })], "t")
        assert.deepStrictEqual(yield* select("SELECT title FROM events WHERE name = 'title'"), [{ title: "half \ufffd of a pair" }])
      }),
    ),
  )

  it.live("a block may span more months than ClickHouse allows by default", () =>
    migrated(
      Effect.gen(function* () {
        const months = Array.from({ length: 300 }, (_, n) => encodeEventRow({ ...eventRow, timestamp: Date.UTC(2001, n, 1) }))
        yield* insert("events", months, "a")
        assert.deepStrictEqual(yield* select("SELECT count() AS n FROM events"), [{ n: "300" }])
      }),
    ),
  )

  it.live("a rehearsal stores nothing, and fails as the insert would", () =>
    migrated(
      Effect.gen(function* () {
        const clickhouse = yield* ClickHouse
        const good = encodeEventRow(eventRow)
        const bad = encodeEventRow({ ...eventRow, eventId: "not a UUID" })
        yield* rehearse(clickhouse, "events", [good, good])
        yield* rehearse(clickhouse, "bot_events", [encodeBotEventRow({ ...eventRow, botSignal: "x" })])
        yield* rehearse(clickhouse, "sessions", [encodeSessionRow(sessionRow, 1)])
        assert.strictEqual((yield* Effect.flip(rehearse(clickhouse, "events", [good, bad])))._tag, "ClickHouseRejected")
        assert.strictEqual((yield* Effect.flip(clickhouse.insert(blockOf("events", [good, bad], "a"))))._tag, "ClickHouseRejected")
        assert.deepStrictEqual(yield* select("SELECT count() AS n FROM events"), [{ n: "0" }])
      }),
    ),
  )
})
