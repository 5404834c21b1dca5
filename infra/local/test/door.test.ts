import { get } from "node:http"
import { createClient, type ClickHouseClient } from "@clickhouse/client"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { clickhouseProcess, clickhouseUrlOf } from "../src/clickhouse.ts"
import type { ManagedProcess } from "../src/managed-process.ts"
import { freePort } from "../src/ports.ts"

const folder = mkdtempSync(join(tmpdir(), "footfall-door-"))
let door: ManagedProcess
let url: string
let client: ClickHouseClient

beforeAll(async () => {
  const port = await freePort()
  url = clickhouseUrlOf(port)
  door = clickhouseProcess(folder, folder, port)
  await door.start()
  client = createClient({ url, log: { level: 127 } })
  await client.command({ query: "CREATE TABLE visits (id UInt64, name String) ENGINE = MergeTree ORDER BY id" })
})

afterAll(async () => {
  await client.close()
  await door.stop()
  rmSync(folder, { recursive: true, force: true })
})

const rows = async (query: string, more: object = {}): Promise<Array<unknown>> =>
  await (await client.query({ query, format: "JSONEachRow", ...more })).json()
const post = (query: string, body?: Uint8Array | string, headers: Record<string, string> = {}) =>
  fetch(`${url}/?query=${encodeURIComponent(query)}`, {
    method: "POST",
    headers,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : new Uint8Array(body) }),
  })
const truncate = () => client.command({ query: "TRUNCATE TABLE visits" })

describe("answers", () => {
  it("come as JSON with meta and statistics, as rows of JSON, and as CSV with one header", async () => {
    const json = await (await client.query({ query: "SELECT number AS n FROM numbers(3)", format: "JSON" })).json<{ n: number }>()
    expect(json).toMatchObject({ meta: [{ name: "n", type: "UInt64" }], rows: 3, statistics: { rows_read: 3 } })
    expect(await rows("SELECT number AS n FROM numbers(2)")).toEqual([{ n: 0 }, { n: 1 }])
    expect(await (await client.query({ query: "SELECT number AS n, 'a,b' AS s FROM numbers(2)", format: "CSV" })).text()).toBe(
      '0,"a,b"\n1,"a,b"\n',
    )
    const big = await (await client.query({ query: "SELECT number AS n FROM numbers(300000)", format: "CSVWithNames" })).text()
    expect(big.split("\n").filter((line) => line === '"n"')).toHaveLength(1)
    expect(big.split("\n")).toHaveLength(300_002)
  })

  it("stay one whole JSON document however large", async () => {
    const answer = await (await client.query({ query: "SELECT number AS n FROM numbers(200000)", format: "JSONCompact" })).json()
    expect(answer).toMatchObject({ rows: 200_000 })
  })

  it("tell what was read, in summary and query id", async () => {
    const answer = await client.query({ query: "SELECT count() FROM numbers(12345)", format: "JSONEachRow", query_id: "my-query" })
    expect(answer.response_headers["x-clickhouse-query-id"]).toBe("my-query")
    expect(JSON.parse(String(answer.response_headers["x-clickhouse-summary"]))).toMatchObject({ read_rows: "12345" })
    expect(answer.response_headers["x-clickhouse-format"]).toBe("JSONEachRow")
    await answer.text()
  })

  it("are streamed: the first rows arrive while the statement runs", async () => {
    const started = Date.now()
    const stream = (
      await client.query({
        query: "SELECT number, repeat('x', 20000) AS x, sleepEachRow(0.002) FROM numbers(500) SETTINGS max_block_size = 20",
        format: "JSONEachRow",
      })
    ).stream()
    let first = 0
    let seen = 0
    for await (const part of stream) {
      first ||= Date.now() - started
      seen += part.length
    }
    expect(seen).toBe(500)
    expect(first).toBeLessThan((Date.now() - started) * 0.6)
  })

  it("do not keep other requests waiting while a scalar subquery is computed", async () => {
    let computed = false
    const slow = rows("SELECT (SELECT max(sipHash64(number)) FROM numbers(100000000)) AS m").finally(() => (computed = true))
    await expect
      .poll(() =>
        rows("SELECT 1 AS seen FROM system.processes WHERE query LIKE '%numbers(100000000)%' AND query NOT LIKE '%system.processes%'"),
      )
      .toHaveLength(1)
    expect((await client.ping()).success).toBe(true)
    expect(computed).toBe(false)
    expect(await slow).toHaveLength(1)
  })

  it("come in the format of the statement, of the header, of the parameter, else as tabs", async () => {
    expect(await (await post("SELECT 1 AS a FORMAT JSONEachRow;")).text()).toBe('{"a":1}\n')
    expect(await (await post("SELECT 1 AS a -- FORMAT CSV", undefined, { "X-ClickHouse-Format": "JSONEachRow" })).text()).toBe('{"a":1}\n')
    expect(await (await post("SELECT 1, 'FORMAT JSON'")).text()).toBe("1\tFORMAT JSON\n")
    expect(await (await post("SELECT 1 AS a FORMAT JSONEachRow SETTINGS max_threads = 1")).text()).toBe('{"a":1}\n')
    expect(await (await post("SHOW TABLES FORMAT JSONEachRow")).text()).toContain('{"name":"visits"}')
    expect(await (await fetch(`${url}/?query=SELECT+7`)).text()).toBe("7\n")
  })

  it("are compressed when asked for, small and streamed ones alike", async () => {
    const zipped = createClient({ url, compression: { response: true, request: true } })
    for (const count of [3, 500_000]) {
      const answer = await zipped.query({ query: `SELECT number FROM numbers(${count})`, format: "JSONEachRow" })
      expect(answer.response_headers["content-encoding"]).toBe("gzip")
      expect(await answer.json()).toHaveLength(count)
    }
    await zipped.close()
  })
})

describe("inserted data", () => {
  it("arrive from JSONEachRow, also as a stream and compressed, with the number of rows in the summary", async () => {
    await truncate()
    const hard = 'it\'s ; \\ "q" \n\t \u0000 é 👣'
    const inserted = await client.insert({
      table: "visits",
      values: [
        { id: "18446744073709551615", name: hard },
        { id: 2, name: "" },
      ],
      format: "JSONEachRow",
    })
    expect(inserted.summary).toMatchObject({ written_rows: "2" })
    const zipped = createClient({ url, compression: { response: false, request: true } })
    await zipped.insert({
      table: "visits",
      values: Readable.from(Array.from({ length: 1000 }, (_, i) => ({ id: i + 10, name: `n${i}` }))),
      format: "JSONEachRow",
    })
    await zipped.close()
    expect(await rows("SELECT count() AS c, anyIf(name, id = 18446744073709551615) AS n FROM visits")).toEqual([{ c: 1002, n: hard }])
  })

  it("arrive from RowBinary, Native, CSV and compact JSON as they are, byte by byte", async () => {
    await truncate()
    const name = Buffer.from("a;\n'\0\\")
    const row = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, name.length]), name])
    expect((await post("INSERT INTO visits FORMAT RowBinary", row)).status).toBe(200)
    const native = await (await post("SELECT 2::UInt64 AS id, 'b;\\n' AS name FORMAT Native")).arrayBuffer()
    expect((await post("INSERT INTO visits (id, name) FORMAT Native", Buffer.from(native))).status).toBe(200)
    expect((await post("INSERT INTO visits FORMAT CSV", '3,"c\n;"\n')).status).toBe(200)
    expect((await post("INSERT INTO visits FORMAT JSONCompactEachRow", gzipSync('[4,"d"]'), { "content-encoding": "gzip" })).status).toBe(
      200,
    )
    await client.insert({ table: "visits", values: Readable.from([Buffer.from('5,"e"\n')], { objectMode: false }), format: "CSV" })
    expect(await rows("SELECT id, name FROM visits ORDER BY id")).toEqual([
      { id: 1, name: "a;\n'\0\\" },
      { id: 2, name: "b;\n" },
      { id: 3, name: "c\n;" },
      { id: 4, name: "d" },
      { id: 5, name: "e" },
    ])
  })

  it("may stand in the statement, and may be none at all", async () => {
    await truncate()
    await client.command({ query: "INSERT INTO visits VALUES (1, 'a;b'), (2, 'FORMAT')" })
    await client.command({ query: 'INSERT INTO visits FORMAT JSONEachRow\n{"id":3,"name":"c"}\n{"id":4,"name":"d"}' })
    await client.command({ query: "INSERT INTO visits SELECT number + 10, {name:String} FROM numbers(2)", query_params: { name: "it's" } })
    expect((await post("INSERT INTO visits FORMAT JSONEachRow")).status).toBe(200)
    expect(await rows("SELECT count() AS c, countIf(name = 'it\\'s') AS bound FROM visits")).toEqual([{ c: 6, bound: 2 }])
  })

  it("are refused where the engine would lose them in silence: INSERT ... SELECT FROM input()", async () => {
    const answer = await post("INSERT INTO visits SELECT id, 'x' FROM input('id UInt64') FORMAT JSONEachRow", '{"id":1}')
    expect(answer.status).toBe(501)
    expect(await answer.text()).toContain("Code: 48.")
  })

  it("count once per deduplication token, in the table and in its materialized views", async () => {
    await client.command({
      query: "CREATE TABLE once (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100",
    })
    await client.command({
      query:
        "CREATE TABLE sums (day UInt8, total UInt64) ENGINE = SummingMergeTree ORDER BY day SETTINGS non_replicated_deduplication_window = 100",
    })
    await client.command({
      query: "CREATE MATERIALIZED VIEW to_sums TO sums AS SELECT 1::UInt8 AS day, sum(n) AS total FROM once GROUP BY day",
    })
    const settings = { insert_deduplicate: 1, deduplicate_blocks_in_dependent_materialized_views: 1, async_insert: 0 } as const
    for (const token of ["a", "a", "b", "a"]) {
      await client.insert({
        table: "once",
        values: [{ n: 1 }, { n: 2 }],
        format: "JSONEachRow",
        clickhouse_settings: { ...settings, insert_deduplication_token: token },
      })
    }
    expect(await rows("SELECT (SELECT count() FROM once) AS rows, (SELECT sum(total) FROM sums) AS total")).toEqual([{ rows: 4, total: 6 }])
  })
})

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
    const [row] = await rows(
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
    expect(await rows("SELECT toString({big:UInt64}) AS big", { query_params })).toEqual([{ big: "18446744073709551615" }])
  })

  it("of fifty requests at once never mix", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => rows("SELECT {n:UInt32} AS n, {s:String} AS s", { query_params: { n, s: `s${n}` } })),
    )
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => [{ n, s: `s${n}` }]))
  })

  it("of one request are unknown to the next", async () => {
    await rows("SELECT {secret:String} AS s", { query_params: { secret: "x" } })
    await expect(rows("SELECT {secret:String} AS s")).rejects.toMatchObject({ code: "456" })
  })

  it("may be too many for a URL", async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `value ${n}`)
    expect(await rows("SELECT length({many:Array(String)}) AS n", { query_params: { many }, use_multipart_params: true })).toEqual([
      { n: 5000 },
    ])
  })
})

describe("settings", () => {
  it("hold for their own request, after a success and after an error", async () => {
    const value = "SELECT getSetting('max_rows_to_read') AS limit, currentDatabase() AS database"
    const settings = { clickhouse_settings: { max_rows_to_read: "10" } }
    expect(await rows(value, settings)).toEqual([{ limit: 10, database: "default" }])
    await expect(rows("SELECT count() FROM numbers(1000)", settings)).rejects.toMatchObject({ code: "158" })
    await client.command({ query: "CREATE DATABASE IF NOT EXISTS other" })
    const other = createClient({ url, database: "other" })
    expect(await (await other.query({ query: value, format: "JSONEachRow" })).json()).toMatchObject([{ database: "other" }])
    await other.close()
    await Promise.all(Array.from({ length: 40 }, async () => expect(await rows(value)).toEqual([{ limit: 0, database: "default" }])))
  })

  it("readonly = 2 refuses writes, in that request only", async () => {
    const settings = { clickhouse_settings: { readonly: "2", max_threads: 1 } }
    await expect(client.command({ query: "CREATE TABLE never (n UInt8) ENGINE = Memory", ...settings })).rejects.toMatchObject({
      code: "164",
    })
    await expect(client.insert({ table: "visits", values: [{ id: 1 }], format: "JSONEachRow", ...settings })).rejects.toMatchObject({
      code: "164",
    })
    expect(await rows("SELECT 1 AS a", settings)).toEqual([{ a: 1 }])
    await client.insert({ table: "visits", values: [{ id: 1 }], format: "JSONEachRow" })
    expect((await fetch(`${url}/?query=${encodeURIComponent("DROP TABLE visits")}`)).headers.get("x-clickhouse-exception-code")).toBe("164")
  })
})

describe("errors", () => {
  it("carry ClickHouse's text, number and status", async () => {
    await expect(rows("SELECT * FROM nowhere")).rejects.toMatchObject({ code: "60", type: "UNKNOWN_TABLE" })
    await expect(rows("SELEC 1")).rejects.toMatchObject({ code: "62", type: "SYNTAX_ERROR" })
    await expect(client.insert({ table: "visits", values: [{ id: "x" }], format: "JSONEachRow" })).rejects.toMatchObject({ code: "27" })
    await expect(rows("SELECT 1", { clickhouse_settings: { no_such_setting: 1 } })).rejects.toMatchObject({ code: "115" })
    const answer = await post("SELECT * FROM nowhere")
    expect([answer.status, answer.headers.get("x-clickhouse-exception-code")]).toEqual([404, "60"])
    expect((await post("INSERT INTO visits FORMAT JSONEachRow", "no gzip", { "content-encoding": "gzip" })).status).toBe(400)
    expect((await post("")).status).toBe(400)
  })

  it("in the middle of a stream reach the reader, plain and compressed", async () => {
    const zipped = createClient({ url, compression: { response: true }, log: { level: 127 } })
    for (const one of [client, zipped]) {
      const answer = await one.query({
        query: "SELECT number, throwIf(number = 600000, 'boom') FROM numbers(1000000)",
        format: "JSONEachRow",
      })
      let seen = 0
      const reading = (async () => {
        for await (const part of answer.stream()) seen += part.length
      })()
      await expect(reading).rejects.toThrow(/boom/)
      expect(seen).toBeGreaterThan(0)
    }
    await zipped.close()
  })

  it("never leave half an answer to the next request", async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        await expect(rows("SELECT throwIf(number = 5, 'boom') FROM numbers(10)")).rejects.toMatchObject({ code: "395" })
        expect(await rows(`SELECT ${n} AS n`)).toEqual([{ n }])
      }),
    )
  })
})

describe("a client that goes away", () => {
  const running = () =>
    rows("SELECT query FROM system.processes WHERE query LIKE '%sipHash64(number)) AS forever%' AND query NOT LIKE '%system.processes%'")

  it("stops its statement", async () => {
    const abort = new AbortController()
    const answer = client.query({
      query: "SELECT max(sipHash64(number)) AS forever FROM numbers(1000000000000)",
      abort_signal: abort.signal,
    })
    await expect.poll(running).toHaveLength(1)
    abort.abort()
    await expect(answer).rejects.toThrow(/abort/)
    await expect.poll(running, { timeout: 5000 }).toHaveLength(0)
  })

  it("in the middle of a stream stops it, and the turn is free again", async () => {
    for (let i = 0; i < 40; i++) {
      const answer = await client.query({ query: "SELECT number, sipHash64(number) AS forever FROM system.numbers", format: "JSONEachRow" })
      answer.close()
    }
    await expect
      .poll(
        () =>
          rows(
            "SELECT count() AS c FROM system.processes WHERE query LIKE '%FROM system.numbers%' AND query NOT LIKE '%system.processes%'",
          ),
        { timeout: 10_000 },
      )
      .toEqual([{ c: 0 }])
  })
})

it("pages in a browser are refused", async () => {
  expect((await fetch(`${url}/?query=SELECT+1`, { headers: { Origin: "https://example.org" } })).status).toBe(403)
  expect(await (await fetch(`${url}/ping`)).text()).toBe("Ok.\n")
})

/** Asks under another name, as a browser does for a page whose name was made to point here. */
const asNamed = (host: string, path: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    get(new URL(path, url), { headers: { host } }, (response) => {
      let body = ""
      response.setEncoding("utf8").on("data", (part: string) => (body += part))
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body }))
    }).once("error", reject)
  })

it("a name that is not this machine's is refused, so a page cannot get in by pointing its own name here", async () => {
  expect((await asNamed("evil.example:8123", "/?query=SELECT+1")).status).toBe(403)
  expect((await asNamed("localhost:8123", "/?query=SELECT+1")).body).toBe("1\n")
})

it("a GET only reads, whatever its settings say", async () => {
  const answer = await fetch(`${url}/?query=CREATE+TABLE+sneaked+(a+Int8)+ENGINE+=+Memory&readonly=0`)
  expect(await answer.text()).toContain("readonly")
  expect(answer.ok).toBe(false)
})

it("a request that arrived before SIGTERM is answered, and the process ends by itself", async () => {
  const slow = rows("SELECT sleep(0.5) AS s")
  await expect
    .poll(() => rows("SELECT 1 FROM system.processes WHERE query LIKE '%sleep(0.5)%' AND query NOT LIKE '%system.processes%'"))
    .toHaveLength(1)
  await door.stop()
  expect(await slow).toEqual([{ s: 0 }])
  expect(door.pid).toBeUndefined()
  await door.start()
  expect(await rows("SELECT count() > 0 AS kept FROM visits")).toEqual([{ kept: 1 }])
})
