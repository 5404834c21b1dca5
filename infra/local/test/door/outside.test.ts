import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

const secret = "nothing for a database"
const folder = mkdtempSync(join(tmpdir(), "footfall-outside-"))
const file = join(folder, "secret.txt")
const target = join(folder, "written.txt")
writeFileSync(file, secret)

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(async () => {
  await door?.close()
  rmSync(folder, { recursive: true, force: true })
})

const outside = [
  `SELECT * FROM file('${file}', 'LineAsString')`,
  `select length(line) from File('${file}', 'LineAsString', 'line String')`,
  `SELECT * FROM /* a comment */ file /* another */ ('${file}', 'LineAsString')`,
  `SELECT * FROM \`file\`('${file}', 'LineAsString')`,
  `SELECT * FROM "file"('${file}', 'LineAsString')`,
  `SELECT * FROM \`fi\\x6ce\`('${file}', 'LineAsString')`,
  `SELECT file('${file}')`,
  `SELECT (SELECT file('${file}'))`,
  `WITH t AS (SELECT * FROM file('${file}', 'LineAsString')) SELECT * FROM t`,
  `DESCRIBE TABLE file('${file}', 'LineAsString')`,
  `SELECT * FROM '${file}'`,
  `CREATE VIEW peep AS SELECT * FROM file('${file}', 'LineAsString')`,
  `CREATE TABLE peep ENGINE = Memory AS SELECT * FROM file('${file}', 'LineAsString')`,
  `CREATE TABLE peep (l String) ENGINE = File(LineAsString, '${file}')`,
  `CREATE TABLE peep (l String) ENGINE File(LineAsString)`,
  `CREATE TABLE peep (l String) ENGINE = URL('http://127.0.0.1:1/', 'LineAsString')`,
  `CREATE DICTIONARY peep (k UInt64, l String) PRIMARY KEY k SOURCE(FILE(path '${file}' format 'CSV')) LAYOUT(FLAT()) LIFETIME(0)`,
  `CREATE DICTIONARY peep (k UInt64, l String) PRIMARY KEY k SOURCE(EXECUTABLE(command 'id' format 'CSV')) LAYOUT(FLAT()) LIFETIME(0)`,
  `CREATE FUNCTION peep AS (x) -> x`,
  `INSERT INTO FUNCTION file('${target}', 'LineAsString', 'l String') SELECT 'x'`,
  `INSERT INTO FUNCTION file('${target}', 'LineAsString', 'l String') VALUES ('x')`,
  `insert into table function /**/ file('${target}', 'LineAsString', 'l String') FORMAT LineAsString x`,
  `SELECT 'x' INTO OUTFILE '${target}'`,
  `INSERT INTO visits FROM INFILE '${file}' FORMAT LineAsString`,
  "SELECT * FROM url('http://127.0.0.1:1/', 'RawBLOB')",
  "SELECT * FROM URL('http://127.0.0.1:1/', 'RawBLOB')",
  "SELECT * FROM s3('http://127.0.0.1:1/a', 'CSV')",
  "SELECT * FROM remote('127.0.0.1:1', system.one)",
  "SELECT * FROM remoteSecure('127.0.0.1:1', system.one)",
  "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
  "SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
  "SELECT * FROM executable('id', 'TSV', 'x String')",
  "SELECT * FROM sqlite('/tmp/a', 'b')",
  "SELECT * FROM mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'x String')",
  `BACKUP TABLE visits TO File('${target}')`,
  `RESTORE TABLE visits FROM File('${target}')`,
]

describe("the local ClickHouse keeps to its tables, also for who may do everything", () => {
  it.each(outside)("%s", async (sql) => {
    for (const ask of [() => door.post(sql), () => fetch(door.url, { method: "POST", headers: door.auth, body: sql })]) {
      const answer = await ask()
      const text = await answer.text()
      expect(text).not.toContain(secret)
      expect([answer.ok, answer.headers.get("x-clickhouse-exception-code")]).toEqual([false, "497"])
    }
    expect(readdirSync(folder)).toEqual(["secret.txt"])
  })

  it("what the product needs goes on: its tables, made-up rows, and rows for nowhere", async () => {
    expect(await (await door.post("SELECT sum(number) FROM numbers(4)")).text()).toBe("6\n")
    expect((await door.post("INSERT INTO visits FORMAT JSONEachRow", '{"id":1,"name":"file(\'x\') url(y)"}')).ok).toBe(true)
    expect((await door.post("INSERT INTO visits VALUES (2, 'ENGINE = File')")).ok).toBe(true)
    expect((await door.post("INSERT INTO FUNCTION null('id UInt64') FORMAT JSONEachRow", '{"id":1}')).ok).toBe(true)
    expect(await (await door.post("SELECT count() FROM visits WHERE name LIKE '%file(%' OR name = 'ENGINE = File'")).text()).toBe("2\n")
    expect((await door.post("CREATE TABLE other (file String, url String) ENGINE = MergeTree ORDER BY file")).ok).toBe(true)
    expect((await door.post("ALTER TABLE other ADD COLUMN remote String")).ok).toBe(true)
  })
})
