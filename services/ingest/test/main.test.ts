import { assert, describe, it } from "@effect/vitest"
import { newSecretKey, newWriteKey, hashSecret } from "@footfall/control-plane/secrets"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { fileURLToPath } from "node:url"
import { ingestDatabaseUrlOf } from "@footfall/local/postgres"
import { RedisServer } from "@footfall/event-log/test/RedisServer"
import { startProcess } from "./support/IngestProcess.ts"
import { at, database } from "./support/database.ts"
import { Wire } from "./support/Wire.ts"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

const project = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT INTO projects (id, organization_id, name, time_zone) SELECT 728291047, min(id), 'Test', 'UTC' FROM organizations`
  return { writeKey: yield* addWriteKey, secretKey: yield* addSecretKey }
})

const addWriteKey = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const key = newWriteKey()
  yield* sql`INSERT INTO write_keys (key, project_id) VALUES (${key}, 728291047)`
  return key
})

const addSecretKey = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const key = newSecretKey()
  yield* sql`INSERT INTO secret_keys (project_id, name, hash, prefix, scopes) VALUES (728291047, 'test', ${hashSecret(key)}, ${key.slice(0, 8)}, ${["events:write"]}::text[])`
  return key
})

const statusFor = (url: string, key: string) =>
  Effect.promise(async () => {
    const answer = await fetch(`${url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ events: [{ kind: "pageview", url: "https://example.com/" }] }),
    })
    await answer.text()
    return answer.status
  })

describe("the whole of ingest", () => {
  it.live(
    "goes on without Postgres for the keys that it knows, answers 503 for others, and finds those when Postgres is back",
    () =>
      Effect.gen(function* () {
        const databaseUrl = yield* database
        const { wire, url: wired } = yield* Wire.to(ingestDatabaseUrlOf(databaseUrl))
        const redis = yield* RedisServer.scoped
        yield* Effect.gen(function* () {
          const { writeKey, secretKey } = yield* project
          const ingest = yield* startProcess(redis.url, main, { DATABASE_URL: wired })
          assert.strictEqual(yield* statusFor(ingest.url, writeKey), 202)
          assert.strictEqual(yield* statusFor(ingest.url, secretKey), 202)
          assert.strictEqual(yield* statusFor(ingest.url, newWriteKey()), 401)
          const late = yield* addWriteKey
          wire.cut()
          assert.strictEqual(yield* statusFor(ingest.url, writeKey), 202)
          assert.strictEqual(yield* statusFor(ingest.url, secretKey), 202)
          assert.strictEqual(yield* statusFor(ingest.url, late), 503)
          assert.strictEqual((yield* Effect.promise(() => fetch(`${ingest.url}/health/ready`))).status, 200)
          wire.mend()
          while ((yield* statusFor(ingest.url, late)) !== 202) yield* Effect.sleep("100 millis")
          ingest.kill("SIGTERM")
          assert.strictEqual(yield* Effect.promise(() => ingest.ended), 0)
        }).pipe(Effect.provide(at(databaseUrl)))
      }),
    60_000,
  )
})
