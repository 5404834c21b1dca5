import { createClient } from "@clickhouse/client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

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
})

describe("errors", () => {
  it("carry ClickHouse's text, number and status", async () => {
    await expect(door.rows("SELECT * FROM nowhere")).rejects.toMatchObject({ code: "60", type: "UNKNOWN_TABLE" })
    await expect(door.rows("SELEC 1")).rejects.toMatchObject({ code: "62", type: "SYNTAX_ERROR" })
    await expect(door.client.insert({ table: "visits", values: [{ id: "x" }], format: "JSONEachRow" })).rejects.toMatchObject({
      code: "27",
    })
    await expect(door.rows("SELECT 1", { clickhouse_settings: { no_such_setting: 1 } })).rejects.toMatchObject({ code: "115" })
    const answer = await door.post("SELECT * FROM nowhere")
    expect([answer.status, answer.headers.get("x-clickhouse-exception-code")]).toEqual([404, "60"])
    expect((await door.post("INSERT INTO visits FORMAT JSONEachRow", "no gzip", { "content-encoding": "gzip" })).status).toBe(400)
    expect((await door.post("")).status).toBe(400)
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
