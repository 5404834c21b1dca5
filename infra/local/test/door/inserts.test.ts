import { createClient, type DataFormat } from "@clickhouse/client"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

const streamed = (bytes: Uint8Array) => Readable.from([bytes], { objectMode: false })

describe("inserted data", () => {
  it("arrive from JSONEachRow, also as a stream and compressed, with the number of rows in the summary", async () => {
    await door.client.command({ query: "TRUNCATE TABLE visits" })
    const hard = 'it\'s ; \\ "q" \n\t \u0000 é 👣'
    const inserted = await door.client.insert({
      table: "visits",
      values: [
        { id: "18446744073709551615", name: hard },
        { id: 2, name: "" },
      ],
      format: "JSONEachRow",
    })
    expect(inserted.summary).toMatchObject({ written_rows: "2" })
    const zipped = createClient({ url: door.url, password: door.password, compression: { response: false, request: true } })
    await zipped.insert({
      table: "visits",
      values: Readable.from(Array.from({ length: 1000 }, (_, i) => ({ id: i + 10, name: `n${i}` }))),
      format: "JSONEachRow",
    })
    await zipped.close()
    expect(await door.rows("SELECT count() AS c, anyIf(name, id = 18446744073709551615) AS n FROM visits")).toEqual([{ c: 1002, n: hard }])
  })

  it("arrive from RowBinary, Native, CSV and compact JSON as they are, byte by byte", async () => {
    await door.client.command({ query: "TRUNCATE TABLE visits" })
    const insert = async (format: string, bytes: Uint8Array, client = door.client) => {
      const { stream } = await client.exec({ query: `INSERT INTO visits FORMAT ${format}`, values: streamed(bytes) })
      expect(await buffer(stream)).toHaveLength(0)
    }
    const name = Buffer.from("a;\n'\0\\")
    await insert("RowBinary", Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, name.length]), name]))
    const block = await door.client.exec({ query: "SELECT 2::UInt64 AS id, 'b;\\n' AS name FORMAT Native" })
    await insert("Native", await buffer(block.stream))
    expect((await door.post("INSERT INTO visits FORMAT CSV", '3,"c\n;"\n')).status).toBe(200)
    const zipped = createClient({ url: door.url, password: door.password, compression: { response: false, request: true } })
    await insert("JSONCompactEachRow", Buffer.from('[4,"d"]'), zipped)
    await zipped.close()
    await door.client.insert({ table: "visits", values: streamed(Buffer.from('5,"e"\n')), format: "CSV" })
    expect(await door.rows("SELECT id, name FROM visits ORDER BY id")).toEqual([
      { id: 1, name: "a;\n'\0\\" },
      { id: 2, name: "b;\n" },
      { id: 3, name: "c\n;" },
      { id: 4, name: "d" },
      { id: 5, name: "e" },
    ])
  })

  it("arrive in each format that the official client writes, objects and raw text alike", async () => {
    const meta = [
      { name: "id", type: "UInt64" },
      { name: "name", type: "String" },
    ]
    const values = {
      JSON: { meta, data: [{ id: "7", name: "n" }] },
      JSONCompact: { meta, data: [["7", "n"]] },
      JSONColumnsWithMetadata: { meta, data: { id: ["7"], name: ["n"] } },
      JSONObjectEachRow: { row: { id: "7", name: "n" } },
      JSONEachRow: [{ id: "7", name: "n" }],
      JSONStringsEachRow: [{ id: "7", name: "n" }],
      JSONCompactEachRow: [["7", "n"]],
      JSONCompactEachRowWithNames: [
        ["id", "name"],
        ["7", "n"],
      ],
      JSONCompactEachRowWithNamesAndTypes: [
        ["id", "name"],
        ["UInt64", "String"],
        ["7", "n"],
      ],
      JSONCompactStringsEachRow: [["7", "n"]],
      JSONCompactStringsEachRowWithNames: [
        ["id", "name"],
        ["7", "n"],
      ],
      JSONCompactStringsEachRowWithNamesAndTypes: [
        ["id", "name"],
        ["UInt64", "String"],
        ["7", "n"],
      ],
      CSV: streamed(Buffer.from("7,n\n")),
      CSVWithNames: streamed(Buffer.from("id,name\n7,n\n")),
      CSVWithNamesAndTypes: streamed(Buffer.from("id,name\nUInt64,String\n7,n\n")),
      TabSeparated: streamed(Buffer.from("7\tn\n")),
      TabSeparatedRaw: streamed(Buffer.from("7\tn\n")),
      TabSeparatedWithNames: streamed(Buffer.from("id\tname\n7\tn\n")),
      TabSeparatedWithNamesAndTypes: streamed(Buffer.from("id\tname\nUInt64\tString\n7\tn\n")),
      Parquet: (await door.client.exec({ query: "SELECT 7::UInt64 AS id, 'n' AS name FORMAT Parquet" })).stream,
    } as const
    for (const [format, written] of Object.entries(values)) {
      await door.client.command({ query: "TRUNCATE TABLE visits" })
      await door.client.insert({ table: "visits", values: written as never, format: format as DataFormat, columns: ["id", "name"] })
      expect([format, await door.rows("SELECT * FROM visits")]).toEqual([format, [{ id: 7, name: "n" }]])
    }
  })

  it("may stand in the statement, and may be none at all", async () => {
    await door.client.command({ query: "TRUNCATE TABLE visits" })
    await door.client.command({ query: "INSERT INTO visits VALUES (1, 'a;b'), (2, 'FORMAT')" })
    await door.client.command({ query: 'INSERT INTO visits FORMAT JSONEachRow\n{"id":3,"name":"c"}\n{"id":4,"name":"d"}' })
    await door.client.command({
      query: "INSERT INTO visits SELECT number + 10, {name:String} FROM numbers(2)",
      query_params: { name: "it's" },
    })
    expect((await door.post("INSERT INTO visits FORMAT JSONEachRow")).status).toBe(200)
    expect(await door.rows("SELECT count() AS c, countIf(name = 'it\\'s') AS bound FROM visits")).toEqual([{ c: 6, bound: 2 }])
  })

  it("are refused where the engine would lose them in silence: INSERT ... SELECT FROM input()", async () => {
    const answer = await door.post("INSERT INTO visits SELECT id, 'x' FROM input('id UInt64') FORMAT JSONEachRow", '{"id":1}')
    expect(answer.status).toBe(501)
    expect(await answer.text()).toContain("Code: 48.")
  })

  it("count once per deduplication token, in the table and in its materialized views", async () => {
    await door.client.command({
      query: "CREATE TABLE once (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100",
    })
    await door.client.command({
      query:
        "CREATE TABLE sums (day UInt8, total UInt64) ENGINE = SummingMergeTree ORDER BY day SETTINGS non_replicated_deduplication_window = 100",
    })
    await door.client.command({
      query: "CREATE MATERIALIZED VIEW to_sums TO sums AS SELECT 1::UInt8 AS day, sum(n) AS total FROM once GROUP BY day",
    })
    const settings = { insert_deduplicate: 1, deduplicate_blocks_in_dependent_materialized_views: 1, async_insert: 0 } as const
    for (const token of ["a", "a", "b", "a"]) {
      await door.client.insert({
        table: "once",
        values: [{ n: 1 }, { n: 2 }],
        format: "JSONEachRow",
        clickhouse_settings: { ...settings, insert_deduplication_token: token },
      })
    }
    expect(await door.rows("SELECT (SELECT count() FROM once) AS rows, (SELECT sum(total) FROM sums) AS total")).toEqual([
      { rows: 4, total: 6 },
    ])
  })
})
