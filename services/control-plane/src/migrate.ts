import { Effect } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import { accounts } from "./migrations/0001_accounts.ts"
import { organizations } from "./migrations/0002_organizations.ts"
import { salts } from "./migrations/0003_salts.ts"
import { hashedSessions } from "./migrations/0004_hashed_sessions.ts"
import { saltsElsewhere } from "./migrations/0006_salts_elsewhere.ts"
import { signInNetworks } from "./migrations/0007_sign_in_networks.ts"
import { keptParameters } from "./migrations/0008_kept_parameters.ts"

/** Held while migrating, so that processes that start together take turns. */
const LOCK = 0x466f6f74

/** Who ingest is, where there is such a role: it may read whose key a key is and what is kept for them, and nothing else. */
const ingestRights = `DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'footfall_ingest') THEN
    GRANT SELECT (key, project_id) ON write_keys TO footfall_ingest;
    GRANT SELECT (hash, project_id, scopes) ON secret_keys TO footfall_ingest;
    GRANT SELECT (id, kept_parameters) ON projects TO footfall_ingest;
  END IF;
END $$`

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
    "0006_salts_elsewhere": statements(saltsElsewhere),
    "0007_sign_in_networks": statements(signInNetworks),
    "0008_kept_parameters": statements(keptParameters),
  }),
})

/**
 * Brings the control plane's tables to the newest version, gives ingest's role its rights, and says which migrations it ran. All or
 * nothing: a failure leaves the database as it was. Safe to call from several processes at once.
 */
export const migrate = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* sql`SELECT pg_advisory_xact_lock(${LOCK})`
      const ran = yield* run
      yield* sql.unsafe(ingestRights)
      return ran
    }),
  )
})
