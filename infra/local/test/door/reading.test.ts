import { createClient, type ClickHouseClient } from "@clickhouse/client"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readerPasswordOf } from "../../src/door/users.ts"
import { openDoor, type OpenDoor } from "./openDoor.ts"

const secret = "not for those who only read"
const folder = mkdtempSync(join(tmpdir(), "footfall-reading-"))
const file = join(folder, "secret.txt")
writeFileSync(file, secret)

let door: OpenDoor
let reader: ClickHouseClient
beforeAll(async () => {
  door = await openDoor()
  await door.client.insert({ table: "visits", values: [{ id: 7, name: "seven" }], format: "JSONEachRow" })
  reader = createClient({ url: door.url, username: "footfall_query", password: readerPasswordOf(door.password), log: { level: 127 } })
})
afterAll(async () => {
  await reader?.close()
  await door?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The ways of saying that a request may only read. */
const readers: ReadonlyArray<
  readonly [string, (own: string) => { query: string; headers?: Readonly<Record<string, string>>; method?: string }]
> = [
  ["readonly = 1", () => ({ query: "readonly=1", headers: door.auth })],
  ["readonly = 2", () => ({ query: "readonly=2", headers: door.auth })],
  ["a GET", () => ({ query: "readonly=0", method: "GET", headers: door.auth })],
  [
    "the user for reading",
    (own) => ({ query: "", headers: { authorization: `Basic ${Buffer.from(`footfall_query:${own}`).toString("base64")}` } }),
  ],
  [
    "the user for reading, named in headers",
    (own) => ({ query: "readonly=0", headers: { "x-clickhouse-user": "footfall_query", "x-clickhouse-key": own } }),
  ],
  ["the user for reading, named in the URL", (own) => ({ query: `user=footfall_query&password=${own}` })],
]

const outside: ReadonlyArray<readonly [string, string, ReadonlyArray<number>]> = [
  ["a file", `SELECT * FROM file('${file}', 'LineAsString')`, [497]],
  ["a file, for its columns only", `DESCRIBE TABLE file('${file}', 'LineAsString')`, [497]],
  ["a file, behind a view", `SELECT * FROM view(SELECT * FROM file('${file}', 'LineAsString'))`, [497]],
  ["a file under its quoted name", "SELECT * FROM `fi\\x6ce`('" + file + "', 'LineAsString')", [497]],
  ["a file as a table", `SELECT * FROM '${file}'`, [497]],
  ["a file as a quoted table", `SELECT * FROM \`${file}\``, [497]],
  ["a file as a value", `SELECT file('${file}')`, [497]],
  ["a file as a value, by a quoted name", `SELECT \`file\`('${file}')`, [497]],
  ["a file as a value, by an escaped name", "SELECT `f\\x69le`('" + file + "')", [497]],
  ["a file as a value, applied", `SELECT * APPLY(file) FROM (SELECT '${file}')`, [497]],
  ["a URL", "SELECT * FROM url('http://127.0.0.1:1/x', 'LineAsString')", [497]],
  ["a bucket", "SELECT * FROM s3('https://some-bucket.s3.amazonaws.com/x', 'TSV', 'a String')", [497]],
  ["another ClickHouse", "SELECT * FROM remote('127.0.0.1:1', 'system', 'one')", [497]],
  ["a MySQL", "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')", [497]],
  ["a Postgres", "SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')", [497]],
  ["a SQLite", `SELECT * FROM sqlite('${file}', 't')`, [497]],
  ["a program", "SELECT * FROM executable('x', 'TSV', 'a String')", [497, 164]],
  ["a folder", `SELECT * FROM filesystem('${folder}')`, [497]],
  ["the users", "SELECT * FROM system.users", [497]],
]

const changes: ReadonlyArray<string> = [
  "CREATE TABLE sneaked (a Int8) ENGINE = Memory",
  "CREATE TEMPORARY TABLE sneaked (a Int8)",
  "INSERT INTO visits VALUES (1, 'a')",
  "INSERT INTO visits SELECT 1, 'a'",
  `INSERT INTO FUNCTION file('${file}', 'LineAsString') VALUES ('gone')`,
  "DROP TABLE visits",
  "ALTER TABLE visits DELETE WHERE 1",
  "DELETE FROM visits WHERE 1",
  "TRUNCATE TABLE visits",
  "SET readonly = 0",
  "SET ROLE ALL",
  "KILL QUERY WHERE 1",
  "SYSTEM DROP MARK CACHE",
]

/** Statements in which a careless reader of SQL sees one statement and the engine two, or the other way round. */
const disguises: ReadonlyArray<string> = [
  `SELECT 1; SET ROLE ALL; SELECT file('${file}')`,
  `SELECT 1 // '\n; SET ROLE ALL; SELECT 2 // '`,
  `SELECT 1 AS a$$; SET ROLE ALL; SELECT 2 AS b$$`,
  `SELECT $'$ ' $'$ ; SET ROLE ALL; SELECT 2 -- '`,
  "SELECT 1 AS “`” ; SET ROLE ALL; SELECT 2 AS “`”",
  "SELECT ‘'‘, ‘a’ ; SET ROLE ALL; SELECT ‘'’",
  `SELECT 1 /* /* */ ; SET ROLE ALL; SELECT 2 -- */`,
  `SELECT 1 # '\n; SET ROLE ALL; SELECT 2 # '`,
]

describe.each(readers)("with %s", (_, how) => {
  const ask = async (sql: string) => {
    const { query, headers, method = "POST" } = how(readerPasswordOf(door.password))
    const address = method === "GET" ? `${door.url}/?query=${encodeURIComponent(sql)}&${query}` : `${door.url}/?${query}`
    const answer = await fetch(address, { method, ...(headers && { headers }), ...(method === "GET" ? {} : { body: sql }) })
    return { code: Number(answer.headers.get("x-clickhouse-exception-code") ?? 0), text: await answer.text() }
  }

  it.each(outside)("%s is out of reach", async (__, sql, codes) => {
    const { code, text } = await ask(sql)
    expect(text).not.toContain(secret)
    expect(codes).toContain(code)
  })

  it.each(changes)("%s is refused", async (sql) => {
    expect((await ask(sql)).code).toBe(164)
  })

  it.each(disguises)("no second statement comes in: %s", async (sql) => {
    const { code, text } = await ask(sql)
    expect(text).not.toContain(secret)
    expect(code).toBe(62)
  })

  it("tables and what is made from numbers can be read", async () => {
    expect((await ask("SELECT name FROM visits;")).text).toBe("seven\n")
    expect((await ask("SELECT sum(number) FROM numbers(4)")).text).toBe("6\n")
    expect((await ask("SELECT * FROM values('a UInt8', 1, 2)")).text).toBe("1\n2\n")
    expect((await ask("SELECT * FROM generateSeries(1, 2)")).text).toBe("1\n2\n")
    expect((await ask('SELECT \'a;file\', ";" FROM (SELECT 1 AS ";")')).text).toBe("a;file\t1\n")
  })
})

describe("the user for reading", () => {
  const rejected = async (query: string, clickhouse_settings = {}) => {
    const error: unknown = await reader
      .query({ query, format: "JSONEachRow", clickhouse_settings })
      .then((answer) => answer.text())
      .catch((cause: unknown) => cause)
    return error instanceof Error && "code" in error ? error.code : error
  }

  it("is held to limits on rows, memory and time, which its statement cannot lift", async () => {
    expect(await rejected("SELECT number FROM numbers(50001)")).toBe("396")
    expect(await rejected("SELECT length(groupArray(repeat('x', 1000))) AS n FROM numbers(200000)", { max_memory_usage: "20000000" })).toBe(
      "241",
    )
    expect(await rejected("SELECT sleepEachRow(0.1) FROM numbers(100)", { max_execution_time: 0.2, max_block_size: "1" })).toBe("159")
    for (const limit of ["max_execution_time", "max_memory_usage", "max_result_rows", "readonly"])
      expect(await rejected(`SELECT 1 SETTINGS ${limit} = 0`)).toBe("164")
    const limits = "SELECT getSetting('max_execution_time') AS seconds, getSetting('max_memory_usage') AS bytes"
    expect(await (await reader.query({ query: limits, format: "JSONEachRow" })).json()).toEqual([{ seconds: 20, bytes: 4_000_000_000 }])
  })

  it("cannot lift its limits by what it sends with a statement", async () => {
    const limits =
      "SELECT getSetting('max_execution_time') AS seconds, getSetting('max_memory_usage') AS bytes, getSetting('max_result_rows') AS rows"
    const lifted = { max_execution_time: 0, max_memory_usage: "0", max_result_rows: "999999999" }
    const answer = await reader.query({ query: limits, format: "JSONEachRow", clickhouse_settings: lifted })
    expect(await answer.json()).toEqual([{ seconds: 20, bytes: 4_000_000_000, rows: 50_000 }])
  })
})

describe("who has no password", () => {
  const own = () => readerPasswordOf(door.password)
  const strangers: ReadonlyArray<readonly [string, () => { query?: string; headers?: Record<string, string> }]> = [
    ["nothing", () => ({})],
    ["an empty password", () => ({ headers: { "x-clickhouse-user": "default", "x-clickhouse-key": "" } })],
    ["the reader's password as default", () => ({ headers: { "x-clickhouse-user": "default", "x-clickhouse-key": own() } })],
    ["default's password as the reader", () => ({ query: `user=footfall_query&password=${door.password}` })],
    ["another user", () => ({ query: `user=somebody&password=${door.password}` })],
    ["a wrong password", () => ({ headers: { authorization: `Basic ${Buffer.from("default:wrong").toString("base64")}` } })],
  ]
  it.each(strangers)("but %s gets nowhere, as with a real server", async (_, how) => {
    const { query = "", headers = {} } = how()
    for (const method of ["POST", "GET"]) {
      const answer = await fetch(`${door.url}/?${query}${method === "GET" ? "&query=SELECT+1" : ""}`, {
        method,
        headers,
        ...(method === "POST" ? { body: "SELECT 1" } : {}),
      })
      expect([answer.status, answer.headers.get("x-clickhouse-exception-code")]).toEqual([403, "516"])
      expect(await answer.text()).toContain("Authentication failed")
    }
  })
})
