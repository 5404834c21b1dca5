import { Scope } from "@footfall/contracts/generated/shared"
import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { asked, type ControlPlaneUnavailable, NotFound, UnknownKey } from "./errors.ts"
import { ProjectId } from "./ids.ts"
import { hashSecret, keyKind, newSecretKey } from "./secrets.ts"

/** What a key stands for. A write key has no scopes: it may add events, and nothing else. */
export interface KeyHolder {
  readonly kind: "write" | "secret"
  readonly projectId: ProjectId
  readonly scopes: ReadonlyArray<Scope>
  /** What its project stores of the queries of addresses besides what is stored for all; absent when that is nothing. */
  readonly keptParameters?: ReadonlyArray<string>
}

/** A secret key as we know it: without its secret. */
export const SecretKey = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  /** The first 8 characters of the secret, to recognise it by. */
  prefix: Schema.String,
  scopes: Schema.Array(Scope),
  /** Epoch milliseconds. */
  createdAt: Schema.Finite,
})
export type SecretKey = typeof SecretKey.Type

const Holder = Schema.Struct({ projectId: ProjectId, scopes: Schema.Array(Scope), keptParameters: Schema.Array(Schema.String) })

/** Keys of projects: public write keys and secret keys. */
export class ApiKeys extends Context.Service<
  ApiKeys,
  {
    /** Whose key this is. Keys are found by their exact text (write) or by their SHA-256 (secret), so nothing is compared that timing could tell. */
    resolve(key: string): Effect.Effect<KeyHolder, UnknownKey | ControlPlaneUnavailable>
    /** Makes a secret key. The secret is in this answer and nowhere else; only its hash is kept. */
    createSecretKey(
      projectId: ProjectId,
      key: { readonly name: string; readonly scopes: ReadonlyArray<Scope> },
    ): Effect.Effect<{ readonly secretKey: SecretKey; readonly secret: string }, ControlPlaneUnavailable>
    /** Newest first. */
    list(projectId: ProjectId): Effect.Effect<ReadonlyArray<SecretKey>, ControlPlaneUnavailable>
    /** Ends a secret key of this project; a key of another project is not found. */
    revoke(projectId: ProjectId, id: string): Effect.Effect<void, NotFound | ControlPlaneUnavailable>
  }
>()("@footfall/control-plane/ApiKeys") {
  static readonly layer = Layer.effect(
    ApiKeys,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const keys = Schema.decodeUnknownEffect(Schema.Array(SecretKey))
      const holders = Schema.decodeUnknownEffect(Schema.Array(Holder))
      const columns = sql.literal(
        "id::text AS id, name, prefix, scopes, floor(extract(epoch FROM created_at) * 1000)::float8 AS created_at",
      )
      return ApiKeys.of({
        resolve: Effect.fnUntraced(function* (key) {
          const kind = keyKind(key)
          if (kind === undefined) return yield* new UnknownKey()
          const found = yield* asked(
            kind === "write"
              ? sql`SELECT k.project_id::text AS project_id, '{}'::text[] AS scopes, p.kept_parameters
                  FROM write_keys k JOIN projects p ON p.id = k.project_id WHERE k.key = ${key}`
              : sql`SELECT k.project_id::text AS project_id, k.scopes, p.kept_parameters
                  FROM secret_keys k JOIN projects p ON p.id = k.project_id WHERE k.hash = ${hashSecret(key)}`,
          )
          const [holder] = yield* Effect.orDie(holders(found))
          if (holder === undefined) return yield* new UnknownKey()
          const { keptParameters, ...known } = holder
          return keptParameters.length === 0 ? { kind, ...known } : { kind, ...known, keptParameters }
        }),
        createSecretKey: Effect.fn("ApiKeys.createSecretKey")(function* (projectId, { name, scopes }) {
          const secret = newSecretKey()
          const made = yield* asked(sql`INSERT INTO secret_keys (project_id, name, hash, prefix, scopes)
            VALUES (${projectId}::text::bigint, ${name}, ${hashSecret(secret)}, ${secret.slice(0, 8)}, ${[...scopes]}::text[]) RETURNING ${columns}`)
          const [secretKey] = yield* Effect.orDie(keys(made))
          return secretKey === undefined ? yield* Effect.die(new Error("Postgres returned no row for an INSERT")) : { secretKey, secret }
        }),
        list: Effect.fn("ApiKeys.list")(function* (projectId) {
          const found = yield* asked(
            sql`SELECT ${columns} FROM secret_keys WHERE project_id = ${projectId}::text::bigint ORDER BY secret_keys.created_at DESC, id`,
          )
          return yield* Effect.orDie(keys(found))
        }),
        revoke: Effect.fn("ApiKeys.revoke")(function* (projectId, id) {
          const gone = yield* asked(
            sql`DELETE FROM secret_keys WHERE project_id = ${projectId}::text::bigint AND id = ${id}::text::uuid RETURNING 1 AS revoked`,
          )
          if (gone.length === 0) return yield* new NotFound({ what: "secret key" })
        }),
      })
    }),
  )
}
