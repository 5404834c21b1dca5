import { createClient } from "@clickhouse/client"
import { request, type IncomingHttpHeaders } from "node:http"
import { buffer } from "node:stream/consumers"
import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

/** An answer as its bytes came over the wire: fetch unpacks what is compressed. */
const rawly = (url: string, body: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    request(url, { method: "POST", headers: { ...headers, "accept-encoding": "gzip" } }, (answer) => {
      buffer(answer).then((bytes) => resolve({ status: answer.statusCode, headers: answer.headers, body: bytes }), reject)
    })
      .on("error", reject)
      .end(body)
  })

describe("answers", () => {
  it("come as JSON with meta and statistics, as rows of JSON, and as CSV with one header", async () => {
    const json = await (await door.client.query({ query: "SELECT number AS n FROM numbers(3)", format: "JSON" })).json<{ n: number }>()
    expect(json).toMatchObject({ meta: [{ name: "n", type: "UInt64" }], rows: 3, statistics: { rows_read: 3 } })
    expect(await door.rows("SELECT number AS n FROM numbers(2)")).toEqual([{ n: 0 }, { n: 1 }])
    expect(await (await door.client.query({ query: "SELECT number AS n, 'a,b' AS s FROM numbers(2)", format: "CSV" })).text()).toBe(
      '0,"a,b"\n1,"a,b"\n',
    )
    const big = await (await door.client.query({ query: "SELECT number AS n FROM numbers(300000)", format: "CSVWithNames" })).text()
    expect(big.split("\n").filter((line) => line === '"n"')).toHaveLength(1)
    expect(big.split("\n")).toHaveLength(300_002)
  })

  it("stay one whole JSON document however large", async () => {
    const answer = await (await door.client.query({ query: "SELECT number AS n FROM numbers(200000)", format: "JSONCompact" })).json()
    expect(answer).toMatchObject({ rows: 200_000 })
  })

  it("tell what was read, in summary and query id", async () => {
    const answer = await door.client.query({ query: "SELECT count() FROM numbers(12345)", format: "JSONEachRow", query_id: "my-query" })
    expect(answer.response_headers["x-clickhouse-query-id"]).toBe("my-query")
    expect(JSON.parse(String(answer.response_headers["x-clickhouse-summary"]))).toMatchObject({ read_rows: "12345" })
    expect(answer.response_headers["x-clickhouse-format"]).toBe("JSONEachRow")
    await answer.text()
  })

  it("are streamed: the first rows arrive while the statement runs", async () => {
    const statement = "SELECT number AS streamed FROM system.numbers"
    const answer = await door.client.query({ query: statement, format: "JSONEachRow" })
    for await (const part of answer.stream()) {
      expect(part[0]?.json()).toEqual({ streamed: 0 })
      expect(await door.running(statement)).toBe(1)
      break
    }
  })

  it("do not keep other requests waiting while a scalar subquery is computed", async () => {
    const subquery = "SELECT max(sipHash64(number)) FROM numbers(1000000000000)"
    const abort = new AbortController()
    const endless = door.rows(`SELECT (${subquery}) AS m`, { abort_signal: abort.signal })
    await expect.poll(() => door.running(subquery)).toBe(1)
    expect((await door.client.ping()).success).toBe(true)
    expect(await door.running(subquery)).toBe(1)
    abort.abort()
    await expect(endless).rejects.toThrow(/abort/)
  })

  it("come in the format of the statement, of the header, of the parameter, else as tabs", async () => {
    expect(await (await door.post("SELECT 1 AS a FORMAT JSONEachRow;")).text()).toBe('{"a":1}\n')
    expect(await (await door.post("SELECT 1 AS a -- FORMAT CSV", undefined, { "X-ClickHouse-Format": "JSONEachRow" })).text()).toBe(
      '{"a":1}\n',
    )
    expect(await (await door.post("SELECT 1, 'FORMAT JSON'")).text()).toBe("1\tFORMAT JSON\n")
    expect(await (await door.post("SELECT 1 AS a FORMAT JSONEachRow SETTINGS max_threads = 1")).text()).toBe('{"a":1}\n')
    expect(await (await door.post("SHOW TABLES FORMAT JSONEachRow")).text()).toContain('{"name":"visits"}')
    expect(await (await fetch(`${door.url}/?query=SELECT+7`, { headers: door.auth })).text()).toBe("7\n")
  })

  it("are compressed when asked for, small and streamed ones alike", async () => {
    const zipped = createClient({ url: door.url, password: door.password, compression: { response: true, request: true } })
    for (const count of [3, 500_000]) {
      const answer = await zipped.query({ query: `SELECT number FROM numbers(${count})`, format: "JSONEachRow" })
      expect(answer.response_headers["content-encoding"]).toBe("gzip")
      expect(await answer.json()).toHaveLength(count)
    }
    await zipped.close()
  })

  it("are called what the engine calls their format, by all of its names", async () => {
    const formats = await door.client.query({
      query: "SELECT name, content_type AS type FROM system.formats WHERE is_output ORDER BY name",
      format: "JSONEachRow",
    })
    // Some need a schema, or columns of a kind; they answer an error, which is no test of their type.
    let answered = 0
    for (const { name, type } of await formats.json<{ name: string; type: string }>()) {
      const answer = await door.post(`SELECT 'a' AS a FORMAT ${name}`)
      await answer.arrayBuffer()
      if (!answer.ok) continue
      answered++
      expect([name, answer.headers.get("content-type"), answer.headers.get("x-clickhouse-format")]).toEqual([name, type, name])
    }
    expect(answered).toBeGreaterThan(70)
    const known: ReadonlyArray<readonly [string, string]> = [
      ["JSONLines", "application/x-ndjson; charset=UTF-8"],
      ["ndjson", "application/x-ndjson; charset=UTF-8"],
      ["TSVWithNames", "text/tab-separated-values; charset=UTF-8"],
      ["CSVWithNamesAndTypes", "text/csv; charset=UTF-8; header=present"],
      ["JSONCompactStrings", "application/json; charset=UTF-8"],
    ]
    for (const [name, type] of known) {
      const answer = await fetch(`${door.url}/?default_format=${name}`, { method: "POST", headers: door.auth, body: "SELECT 1 AS a" })
      expect([name, answer.headers.get("content-type")]).toEqual([name, type])
      await answer.text()
    }
  })

  it("are rows of JSON by each name of that format, or one array where the setting asks for it", async () => {
    const counted = async (statement: string) => {
      const answer = await door.post(statement)
      return [
        await answer.text(),
        answer.headers.get("content-type"),
        JSON.parse(answer.headers.get("x-clickhouse-summary") ?? "").read_rows,
      ]
    }
    for (const name of ["JSONEachRow", "JSONLines", "jsonl", "NDJSON"])
      expect(await counted(`SELECT number AS n FROM numbers(2) FORMAT ${name}`)).toEqual([
        '{"n":0}\n{"n":1}\n',
        "application/x-ndjson; charset=UTF-8",
        "2",
      ])
    const [text, type] = await counted(
      "SELECT number AS n FROM numbers(2) FORMAT JSONEachRow SETTINGS output_format_json_array_of_rows = 1",
    )
    expect([JSON.parse(String(text)), type]).toEqual([[{ n: 0 }, { n: 1 }], "application/json; charset=UTF-8"])
  })

  it("name no format where there are no rows, and there are none but at the root", async () => {
    const created = await door.post("CREATE TABLE IF NOT EXISTS visits (id UInt64) ENGINE = Memory")
    expect([created.headers.get("x-clickhouse-format"), created.headers.get("content-type")]).toEqual([null, "text/plain; charset=UTF-8"])
    const elsewhere = await fetch(`${door.url}/elsewhere?query=SELECT+1`, { headers: door.auth })
    expect([elsewhere.status, await elsewhere.text()]).toEqual([404, expect.stringContaining("There is no handle /elsewhere")])
  })
})

describe("errors", () => {
  it("carry ClickHouse's text, number and status", async () => {
    await expect(door.rows("SELECT * FROM nowhere")).rejects.toMatchObject({ code: "60", type: "UNKNOWN_TABLE" })
    // In small letters: the client takes the first word in capitals and parentheses for the name of the error, `(SELEC)` too.
    await expect(door.rows("selec 1")).rejects.toMatchObject({ code: "62", type: "SYNTAX_ERROR" })
    await expect(door.client.insert({ table: "visits", values: [{ id: "x" }], format: "JSONEachRow" })).rejects.toMatchObject({
      code: "27",
    })
    await expect(door.rows("SELECT 1", { clickhouse_settings: { no_such_setting: 1 } })).rejects.toMatchObject({ code: "115" })
    const answer = await door.post("SELECT * FROM nowhere")
    expect([answer.status, answer.headers.get("x-clickhouse-exception-code")]).toEqual([404, "60"])
    expect((await door.post("INSERT INTO visits FORMAT JSONEachRow", "no gzip", { "content-encoding": "gzip" })).status).toBe(400)
    expect((await door.post("")).status).toBe(400)
  })

  it("are compressed when the client asks for it, and read by the official client all the same", async () => {
    const url = `${door.url}/?enable_http_compression=1`
    const raw = await rawly(url, "SELECT * FROM nowhere", door.auth)
    expect([raw.status, raw.headers["content-encoding"], raw.headers["x-clickhouse-exception-code"]]).toEqual([404, "gzip", "60"])
    expect(gunzipSync(raw.body).toString()).toContain("Code: 60. DB::Exception: ")
    expect((await rawly(door.url, "SELECT * FROM nowhere", door.auth)).headers["content-encoding"]).toBeUndefined()
    // Before it is known who asks, a server answers plainly.
    const stranger = await rawly(url, "SELECT 1", {})
    expect([stranger.status, stranger.headers["content-encoding"]]).toEqual([403, undefined])
    const zipped = createClient({
      url: door.url,
      password: door.password,
      compression: { response: true, request: true },
      log: { level: 127 },
    })
    await expect(zipped.query({ query: "SELECT * FROM nowhere" })).rejects.toMatchObject({ code: "60", type: "UNKNOWN_TABLE" })
    await expect(zipped.exec({ query: "SELEC 1" })).rejects.toMatchObject({ code: "62" })
    await expect(zipped.command({ query: "SELEC 1" })).rejects.toMatchObject({ code: "62" })
    await expect(zipped.insert({ table: "visits", values: [{ id: "x" }], format: "JSONEachRow" })).rejects.toMatchObject({ code: "27" })
    await zipped.close()
  })

  it("say in the server's words that a password is wrong, to each method of the official client", async () => {
    const wrong = createClient({ url: door.url, username: "default", password: "guessed", log: { level: 127 } })
    const refused = {
      code: "516",
      type: "AUTHENTICATION_FAILED",
      message: expect.stringContaining("default: Authentication failed: password is incorrect, or there is no user with such name."),
    }
    await expect(wrong.query({ query: "SELECT 1" })).rejects.toMatchObject(refused)
    await expect(wrong.exec({ query: "SELECT 1" })).rejects.toMatchObject(refused)
    await expect(wrong.command({ query: "SELECT 1" })).rejects.toMatchObject(refused)
    await expect(wrong.insert({ table: "visits", values: [{ id: 1 }], format: "JSONEachRow" })).rejects.toMatchObject(refused)
    expect(await wrong.ping({ select: true })).toMatchObject({ success: false, error: refused })
    await wrong.close()
    const answer = await door.post("SELECT 1", undefined, { "x-clickhouse-key": "guessed" })
    expect([answer.status, answer.headers.get("x-clickhouse-exception-code"), await answer.text()]).toEqual([
      403,
      "516",
      "Code: 516. DB::Exception: default: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)\n",
    ])
  })

  describe("in the middle of a stream", () => {
    const breaks = "SELECT number, throwIf(number = 600000, 'boom') FROM numbers(1000000) FORMAT JSONEachRow"

    it("reach the reader as ClickHouse's exception block, plain and compressed, and the connection breaks", async () => {
      for (const zipped of [false, true]) {
        const answer = await fetch(`${door.url}/?enable_http_compression=${zipped ? 1 : 0}`, {
          method: "POST",
          headers: door.auth,
          body: breaks,
        })
        expect(answer.headers.get("content-encoding")).toBe(zipped ? "gzip" : null)
        const tag = answer.headers.get("x-clickhouse-exception-tag")
        let text = ""
        const reading = (async () => {
          for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) text = (text + part).slice(-10_000)
        })()
        await expect(reading).rejects.toThrow()
        const [, message, length] =
          new RegExp(`\r\n__exception__\r\n${tag}\r\n([^]*)\n(\\d+) ${tag}\r\n__exception__\r\n$`).exec(text) ?? []
        expect(message).toMatch(/boom/)
        expect(Number(length)).toBe(Buffer.byteLength(`${message}\n`))
      }
    })

    // With its reason when the block comes in one piece: the client reads up to 64 KiB at once and does not join what is cut.
    it("are errors to the official client", async () => {
      const zipped = createClient({ url: door.url, password: door.password, compression: { response: true }, log: { level: 127 } })
      for (const client of [door.client, zipped]) {
        const answer = await client.query({ query: breaks.replace(" FORMAT JSONEachRow", ""), format: "JSONEachRow" })
        let rows = 0
        const reading = (async () => {
          for await (const part of answer.stream()) rows += part.length
        })()
        await expect(reading).rejects.toThrow(/boom|error in the stream/)
        expect(rows).toBeGreaterThan(0)
      }
      await zipped.close()
    })
  })

  it("never leave half an answer to the next request", async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        await expect(door.rows("SELECT throwIf(number = 5, 'boom') FROM numbers(10)")).rejects.toMatchObject({ code: "395" })
        expect(await door.rows(`SELECT ${n} AS n`)).toEqual([{ n }])
      }),
    )
  })
})
