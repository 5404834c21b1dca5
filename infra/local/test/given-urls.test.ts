import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { expect, it } from "vitest"
import { checkGivenUrls } from "../src/given-urls.ts"
import { freePort } from "../src/ports.ts"

it.each([
  ["REDIS_URL", "nonsense", "REDIS_URL (nonsense) is not a redis:// address."],
  ["REDIS_URL", "http://127.0.0.1:1", "REDIS_URL (http://127.0.0.1:1) is not a redis:// address."],
  ["DATABASE_URL", "mysql://127.0.0.1/x", "DATABASE_URL (mysql://127.0.0.1/x) is not a postgres:// address."],
  ["CLICKHOUSE_URL", "127.0.0.1:8123", "CLICKHOUSE_URL (127.0.0.1:8123) is not a http:// address."],
  ["WEB_URL", "stats.example.com", "WEB_URL (stats.example.com) is not an http:// or https:// address."],
  ["INGEST_URL", "ftp://example.com", "INGEST_URL (ftp://example.com) is not an http:// or https:// address."],
])("%s=%s is refused with a sentence", async (name, value, sentence) => {
  await expect(checkGivenUrls({ [name]: value })).rejects.toThrow(sentence)
})

it.each([
  ["CLICKHOUSE_URL", "http://127.0.0.1:"],
  ["DATABASE_URL", "postgres://me:secret@127.0.0.1:"],
  ["REDIS_URL", "redis://:secret@127.0.0.1:"],
])("%s to a port where nobody listens is told with its place, and without its password", async (name, start) => {
  const port = await freePort()
  const failure: unknown = await checkGivenUrls({ [name]: `${start}${port}` }).catch((cause: unknown) => cause)
  expect(String(failure)).toContain(`${name}: nobody answers at 127.0.0.1:${port}.`)
  expect(String(failure)).not.toContain("secret")
})

it("what is not given, and what answers, passes", async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await checkGivenUrls({ REDIS_URL: `redis://127.0.0.1:${port}`, DATABASE_URL: "" })
  server.close()
})
