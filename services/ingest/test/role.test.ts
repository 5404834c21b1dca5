import { assert, describe, it } from "@effect/vitest"
import { ApiKeys } from "@footfall/control-plane/ApiKeys"
import { newSecretKey, newWriteKey } from "@footfall/control-plane/secrets"
import { ingestDatabaseUrlOf } from "@footfall/local/postgres"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { inspect } from "node:util"
import { at, database } from "./support/database.ts"

describe("ingest's role in Postgres", () => {
  it.live("can look up keys, and read or write nothing else", () =>
    Effect.gen(function* () {
      const url = yield* database
      const tables = yield* Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        return yield* sql<{ readonly name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
      }).pipe(Effect.provide(at(url)))
      const names = tables.map(({ name }) => name)
      assert.includeMembers(names, ["user", "session", "account", "members", "projects", "write_keys", "secret_keys"])
      yield* Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const keys = yield* ApiKeys
        for (const key of [newWriteKey(), newSecretKey()]) assert.strictEqual((yield* Effect.flip(keys.resolve(key)))._tag, "UnknownKey")
        const isRefused = (statement: string) =>
          Effect.map(Effect.flip(sql.unsafe(statement)), (error) => /permission denied|must be owner/.test(inspect(error, { depth: 9 })))
        for (const name of names)
          for (const statement of [
            `SELECT * FROM "${name}"`,
            `INSERT INTO "${name}" DEFAULT VALUES`,
            `DELETE FROM "${name}"`,
            `TRUNCATE "${name}"`,
            `DROP TABLE "${name}"`,
          ])
            assert.isTrue(yield* isRefused(statement), statement)
        for (const statement of [
          `SELECT name FROM secret_keys`,
          `SELECT name FROM projects`,
          `SELECT token FROM session`,
          `SELECT password FROM account`,
          `UPDATE write_keys SET project_id = 1`,
          `UPDATE members SET role = 'owner'`,
          `INSERT INTO members (organization_id, user_id, role) VALUES (1, 'me', 'owner')`,
          `CREATE TABLE mine (a int)`,
          `CREATE DATABASE mine`,
          `CREATE ROLE mine`,
          `SET ROLE footfall`,
        ])
          assert.isTrue(yield* isRefused(statement), statement)
      }).pipe(Effect.provide(ApiKeys.layer.pipe(Layer.provideMerge(at(ingestDatabaseUrlOf(url))))))
    }).pipe(Effect.scoped),
  )
})
