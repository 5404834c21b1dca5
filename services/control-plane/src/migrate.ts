import { Effect } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import { accounts } from "./migrations/0001_accounts.ts"
import { organizations } from "./migrations/0002_organizations.ts"
import { salts } from "./migrations/0003_salts.ts"
import { hashedSessions } from "./migrations/0004_hashed_sessions.ts"
import { signInNetworks } from "./migrations/0007_sign_in_networks.ts"

/** Held while migrating, so that processes that start together take turns. */
const LOCK = 0x466f6f74

const statements = (texts: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    for (const text of texts) yield* sql.unsafe(text)
  })

const run = Migrator.make({})({
  table: "control_plane_migrations",
  loader: Migrator.fromRecord({
    "0001_accounts": statements(accounts),
    "0002_organizations": statements(organizations),
    "0003_salts": statements(salts),
    "0004_hashed_sessions": statements(hashedSessions),
    "0007_sign_in_networks": statements(signInNetworks),
  }),
})

/**
 * Brings the control plane's tables to the newest version and says which migrations it ran. All or nothing: a failure leaves
 * the database as it was. Safe to call from several processes at once.
 */
export const migrate = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(Effect.andThen(sql`SELECT pg_advisory_xact_lock(${LOCK})`, run))
})
