import { describe, expect, it } from "vitest"
import { intoFile, readStatement } from "../src/door/statement.ts"
import { RowsWithProgress, statisticsOf } from "../src/door/statistics.ts"

const piped = (sql: string): string => {
  const statement = readStatement(sql)
  if (statement.kind !== "read") throw new Error(`not a read: ${statement.kind}`)
  return intoFile(statement, "'f'", statement.format ?? "TabSeparated")
}

describe("a read is written into a file", () => {
  it.each([
    ["SELECT 1", "SELECT 1 INTO OUTFILE 'f' APPEND FORMAT TabSeparated"],
    ["SELECT 1 FORMAT JSON", "SELECT 1  INTO OUTFILE 'f' APPEND FORMAT JSON"],
    ["select 1 format CSV settings max_threads = 1;", "select 1  INTO OUTFILE 'f' APPEND FORMAT CSV settings max_threads = 1"],
    ["SELECT 1 SETTINGS a = 1 FORMAT CSV", "SELECT 1 SETTINGS a = 1  INTO OUTFILE 'f' APPEND FORMAT CSV"],
    ["SELECT 1 -- the end", "SELECT 1 INTO OUTFILE 'f' APPEND FORMAT TabSeparated"],
    ["SELECT 'a FORMAT JSON' ; ", "SELECT 'a FORMAT JSON'  INTO OUTFILE 'f' APPEND FORMAT TabSeparated"],
    [
      "SELECT `FORMAT` FROM (SELECT 1 AS `FORMAT`)",
      "SELECT `FORMAT` FROM (SELECT 1 AS `FORMAT`) INTO OUTFILE 'f' APPEND FORMAT TabSeparated",
    ],
    ["(SELECT 1) UNION ALL (SELECT 2)", "(SELECT 1) UNION ALL (SELECT 2) INTO OUTFILE 'f' APPEND FORMAT TabSeparated"],
    ["/* x */ WITH 1 AS a SELECT a", "/* x */ WITH 1 AS a SELECT a INTO OUTFILE 'f' APPEND FORMAT TabSeparated"],
    [
      "SELECT $$ it's; FORMAT JSON $$, '\\'', ''''",
      "SELECT $$ it's; FORMAT JSON $$, '\\'', '''' INTO OUTFILE 'f' APPEND FORMAT TabSeparated",
    ],
    ["SELECT {format:String} FORMAT JSONEachRow", "SELECT {format:String}  INTO OUTFILE 'f' APPEND FORMAT JSONEachRow"],
  ])("%s", (sql, expected) => expect(piped(sql)).toBe(expected))
})

it.each([
  ["INSERT INTO t VALUES (1)", "insert"],
  ["insert into t (a, b) format JSONEachRow", "insert"],
  ["INSERT INTO `values` SETTINGS async_insert = 0 FORMAT Native", "insert"],
  ["INSERT INTO t SELECT * FROM s", "command"],
  ["INSERT INTO t (a) WITH 1 AS x SELECT x", "command"],
  ["INSERT INTO t SELECT a FROM input('a UInt8') FORMAT CSV", "input"],
  ["-- note\nINSERT INTO FUNCTION null('a UInt8') VALUES (1)", "insert"],
  ["CREATE TABLE t (a UInt8) ENGINE = Memory", "command"],
  ["KILL QUERY WHERE 1", "command"],
  ["SHOW TABLES", "read"],
  ["", "command"],
])("%s is of the kind %s", (sql, kind) => expect(readStatement(sql).kind).toBe(kind))

it("rows and statistics are told apart however the bytes are cut", () => {
  const text =
    '{"meta":[{"name":"a","type":"String"}]}\n{"row":{"a":"x"}}\n{"row":{"a":"{\\"row\\":{}}\\né"}}\n{"progress":{"read_rows":"7","read_bytes":"70"}}\n{"rows_before_limit_at_least":2}\n'
  const bytes = Buffer.from(text)
  for (let size = 1; size <= bytes.length; size++) {
    const rows = new RowsWithProgress()
    const parts: Array<Buffer> = []
    for (let at = 0; at < bytes.length; at += size) parts.push(rows.rows(bytes.subarray(at, at + size)))
    expect(Buffer.concat(parts).toString()).toBe('{"a":"x"}\n{"a":"{\\"row\\":{}}\\né"}\n')
    expect(rows.read).toEqual({ rows: 7, bytes: 70 })
  }
})

it("the statistics of a JSON document are read from its end, and are zero where a format has none", () => {
  const document =
    '{"data":[{"s":"\\"rows_read\\": 9, \\"bytes_read\\": 9}}"}],\n"statistics":\n{\n"elapsed": 0.1,\n"rows_read": 5,\n"bytes_read": 50\n}\n}\n'
  expect(statisticsOf("JSON", Buffer.from(document))).toEqual({ rows: 5, bytes: 50 })
  expect(statisticsOf("CSV", Buffer.from("1,2\n"))).toEqual({ rows: 0, bytes: 0 })
})
