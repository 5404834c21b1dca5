import { createClient } from "@clickhouse/client"
import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, expect, it } from "vitest"
import { testStack, type Stack } from "../src/stack.ts"

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

it("two stacks live beside each other", async () => {
  const other = await testStack(true)
  try {
    const ports = [stack, other].flatMap((one) => [one.clickhouseUrl, one.databaseUrl, one.redisUrl].map((url) => new URL(url).port))
    expect(new Set(ports).size).toBe(6)
  } finally {
    await other.stop()
  }
})
