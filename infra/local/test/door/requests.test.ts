import { createClient } from "@clickhouse/client"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

describe("parameters", () => {
  it("are bound by type, whatever they hold", async () => {
    const text = "'; DROP TABLE visits; -- \\ \t\n\0 {x:String} é👣"
    const query = `SELECT {text:String} AS text, {list:Array(String)} AS list, {none:Nullable(String)} AS none, {big:UInt64} AS big, {when:DateTime} AS when,
      {exact:DateTime64(3)} AS exact, {yes:Bool} AS yes, {float:Float64} AS float, {table:Identifier} AS column, {numbers:Array(UInt64)} AS numbers, {low:LowCardinality(String)} AS low`
    const query_params = {
      text,
      list: [text, "", "b"],
      none: null,
      big: "18446744073709551615",
      when: new Date(86_400_000),
      exact: new Date(1_700_000_000_123),
      yes: true,
      float: 1.5,
      table: "name",
      numbers: [1, 2],
      low: "l",
    }
    const [row] = await door.rows(
      query.replace("{table:Identifier} AS column", "(SELECT any({table:Identifier}) FROM (SELECT 1 AS name)) AS column"),
      { query_params },
    )
    expect(row).toEqual({
      text,
      list: [text, "", "b"],
      none: null,
      big: expect.anything(),
      when: "1970-01-02 00:00:00",
      exact: "2023-11-14 22:13:20.123",
      yes: true,
      float: 1.5,
      column: 1,
      numbers: [1, 2],
      low: "l",
    })
    expect(await door.rows("SELECT toString({big:UInt64}) AS big", { query_params })).toEqual([{ big: "18446744073709551615" }])
  })

  it("of fifty requests at once never mix", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => door.rows("SELECT {n:UInt32} AS n, {s:String} AS s", { query_params: { n, s: `s${n}` } })),
    )
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => [{ n, s: `s${n}` }]))
  })

  it("of one request are unknown to the next", async () => {
    await door.rows("SELECT {secret:String} AS s", { query_params: { secret: "x" } })
    await expect(door.rows("SELECT {secret:String} AS s")).rejects.toMatchObject({ code: "456" })
  })

  it("may be too many for a URL", async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `value ${n}`)
    expect(await door.rows("SELECT length({many:Array(String)}) AS n", { query_params: { many }, use_multipart_params: true })).toEqual([
      { n: 5000 },
    ])
  })
})

describe("settings", () => {
  it("hold for their own request, after a success and after an error", async () => {
    const value = "SELECT getSetting('max_rows_to_read') AS limit, currentDatabase() AS database"
    const settings = { clickhouse_settings: { max_rows_to_read: "10" } }
    expect(await door.rows(value, settings)).toEqual([{ limit: 10, database: "default" }])
    await expect(door.rows("SELECT count() FROM numbers(1000)", settings)).rejects.toMatchObject({ code: "158" })
    await door.client.command({ query: "CREATE DATABASE IF NOT EXISTS other" })
    const other = createClient({ url: door.url, password: door.password, database: "other" })
    expect(await (await other.query({ query: value, format: "JSONEachRow" })).json()).toMatchObject([{ database: "other" }])
    await other.close()
    await Promise.all(Array.from({ length: 40 }, async () => expect(await door.rows(value)).toEqual([{ limit: 0, database: "default" }])))
  })

  it("are a server's where chDB has others: a statement is written out, unless the request says otherwise", async () => {
    const value = "SELECT getSetting('implicit_select') AS implicit"
    expect(await door.rows(value)).toEqual([{ implicit: false }])
    expect(await door.rows(value, { clickhouse_settings: { implicit_select: 0 } })).toEqual([{ implicit: false }])
    for (const settings of [{}, { implicit_select: 0 }] as const)
      await expect(door.client.exec({ query: "foobar", clickhouse_settings: settings })).rejects.toMatchObject({ code: "62" })
    const { stream } = await door.client.exec({ query: "1 + 1", clickhouse_settings: { implicit_select: 1 } })
    expect(await text(stream)).toBe("2\n")
  })

  it("readonly = 2 refuses writes, in that request only", async () => {
    const settings = { clickhouse_settings: { readonly: "2", max_threads: 1 } }
    await expect(door.client.command({ query: "CREATE TABLE never (n UInt8) ENGINE = Memory", ...settings })).rejects.toMatchObject({
      code: "164",
    })
    await expect(door.client.insert({ table: "visits", values: [{ id: 1 }], format: "JSONEachRow", ...settings })).rejects.toMatchObject({
      code: "164",
    })
    expect(await door.rows("SELECT 1 AS a", settings)).toEqual([{ a: 1 }])
    await door.client.insert({ table: "visits", values: [{ id: 1 }], format: "JSONEachRow" })
    expect(
      (await fetch(`${door.url}/?query=${encodeURIComponent("DROP TABLE visits")}`, { headers: door.auth })).headers.get(
        "x-clickhouse-exception-code",
      ),
    ).toBe("164")
  })
})
