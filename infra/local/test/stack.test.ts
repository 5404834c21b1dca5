import { createClient } from "@clickhouse/client"
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { ManagedProcess } from "../src/managed-process.ts"
import { ingestDatabaseUrlOf } from "../src/postgres.ts"
import { startStack, testStack, type Stack } from "../src/stack.ts"

/** Asks ClickHouse at a URL with its password, which `fetch` does not take. */
const asked = (url: string) => {
  const { origin, password } = new URL(url)
  return fetch(origin, { method: "POST", headers: { "x-clickhouse-key": password }, body: "SELECT 1" })
}

let stack: Stack

beforeAll(async () => {
  stack = await testStack(true)
})

afterAll(() => stack.stop())

const redis = (...args: ReadonlyArray<string>) =>
  execFileSync("redis-cli", ["--no-auth-warning", "-u", stack.redisUrl, ...args], { encoding: "utf8" }).trim()

it("a row that ClickHouse acknowledged survives kill -9", async () => {
  const client = createClient({ url: stack.clickhouseUrl })
  await client.command({ query: "CREATE TABLE survivor (n UInt64) ENGINE = MergeTree ORDER BY n" })
  for (let n = 0; n < 20; n++) await client.insert({ table: "survivor", values: [{ n }], format: "JSONEachRow" })
  await stack.kill("clickhouse")
  await expect(client.ping()).resolves.toMatchObject({ success: false })
  await stack.start("clickhouse")
  const answer = await client.query({ query: "SELECT count() AS rows, sum(n) AS sum FROM survivor", format: "JSONEachRow" })
  expect(await answer.json()).toEqual([{ rows: 20, sum: 190 }])
  await client.close()
})

it("a Redis write that was acknowledged survives kill -9", async () => {
  for (let n = 0; n < 20; n++) redis("XADD", "log", "*", "n", String(n))
  await stack.kill("redis")
  expect(() => redis("PING")).toThrow()
  await stack.start("redis")
  expect(redis("XLEN", "log")).toBe("20")
})

it("Postgres recovers from kill -9 on the same port and takes the same password", async () => {
  const before = stack.databaseUrl
  await stack.kill("postgres")
  await stack.start("postgres")
  expect(stack.databaseUrl).toBe(before)
  expect(stack.processes.find((one) => one.name === "postgres")?.pid).toBeGreaterThan(0)
})

it("the Postgres role of the services owns its database and is no superuser", async () => {
  const client = new pg.Client({ connectionString: stack.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`
      SELECT rolname, rolsuper, rolcreaterole, rolreplication, rolbypassrls, datdba = pg_roles.oid AS owner
      FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`)
    expect(rows).toEqual([
      { rolname: "footfall", rolsuper: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false, owner: true },
    ])
    await client.query("CREATE TABLE mine (a int)")
    for (const refused of ["COPY mine FROM PROGRAM 'id'", "SELECT pg_read_file('/etc/hostname')", "ALTER ROLE footfall SUPERUSER"])
      await expect(client.query(refused)).rejects.toMatchObject({ code: "42501" })
  } finally {
    await client.end()
  }
})

it("ingest has a role of its own, which owns nothing; a cluster of an earlier version gets it at its start", async () => {
  const roles = async () => {
    const client = new pg.Client({ connectionString: ingestDatabaseUrlOf(stack.databaseUrl) })
    await client.connect()
    try {
      const { rows } = await client.query(`
        SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS mighty,
          (SELECT count(*)::int FROM pg_auth_members WHERE member = pg_roles.oid) AS member_of, datdba = pg_roles.oid AS owner
        FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`)
      await expect(client.query("CREATE TABLE mine (a int)")).rejects.toMatchObject({ code: "42501" })
      return rows
    } finally {
      await client.end()
    }
  }
  const own = [{ rolname: "footfall_ingest", mighty: false, member_of: 0, owner: false }]
  expect(await roles()).toEqual(own)
  const postgres = stack.processes.find(({ name }) => name === "postgres")
  await postgres?.stop()
  rmSync(join(postgres?.spec.cwd ?? "", "data", "footfall_ingest.role"))
  await stack.start("postgres")
  expect(await roles()).toEqual(own)
})

it("two stacks live beside each other", async () => {
  const other = await testStack(true)
  try {
    const ports = [stack, other].flatMap((one) => [one.clickhouseUrl, one.databaseUrl, one.redisUrl].map((url) => new URL(url).port))
    expect(new Set(ports).size).toBe(6)
  } finally {
    await other.stop()
  }
})

it("an engine is not started beside a live one on the same data, and the live one goes on", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "footfall-twice-"))
  const first = await startStack({ dataDir })
  try {
    rmSync(join(dataDir, "stack.lock"))
    const pids = first.processes.map(({ pid }) => pid)
    for (const { name, spec, pid } of first.processes) {
      const second = new ManagedProcess(spec)
      await expect(second.start(), name).rejects.toThrow(`is not started: process ${pid} works in ${join(dataDir, name)}`)
    }
    await expect(startStack({ dataDir })).rejects.toThrow(/is not started: process \d+ works in/)
    expect(first.processes.map(({ pid }) => pid)).toEqual(pids)
    expect(await (await asked(first.clickhouseUrl)).text()).toBe("1\n")
  } finally {
    await first.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
})
