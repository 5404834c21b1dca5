import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { migrate } from "../src/migrate.ts"
import { connected, emptyDatabase } from "./support/database.ts"

describe("migrations of the control plane", () => {
  it.live("run once, also when several processes start together", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const url = yield* emptyDatabase
        const processes = Array.from({ length: 4 }, () => migrate.pipe(Effect.provide(connected(url), { local: true })))
        const ran = yield* Effect.all(processes, { concurrency: "unbounded" })
        assert.deepStrictEqual(ran.map((list) => list.length).sort(), [0, 0, 0, 7])
        const organizations = yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          return yield* sql`SELECT name FROM organizations`
        }).pipe(Effect.provide(connected(url), { local: true }))
        assert.deepStrictEqual(organizations, [{ name: "Footfall" }])
      }),
    ),
  )
})
