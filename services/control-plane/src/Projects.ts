import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { asked, type ControlPlaneUnavailable, NotFound } from "./errors.ts"
import { ProjectId } from "./ids.ts"
import { newProjectId, newWriteKey } from "./secrets.ts"

/** A site or app whose events belong together. Its time zone governs every day and hour in it. */
export const Project = Schema.Struct({
  id: ProjectId,
  organizationId: Schema.String,
  name: Schema.String,
  domain: Schema.NullOr(Schema.String),
  timeZone: Schema.String,
  /** Epoch milliseconds. */
  createdAt: Schema.Finite,
  writeKey: Schema.String,
  /** Parameters of addresses that are stored besides those stored for all; in small letters. */
  keptParameters: Schema.Array(Schema.String),
})
export type Project = typeof Project.Type

export interface NewProject {
  readonly name: string
  readonly domain: string | null
  readonly timeZone: string
  readonly keptParameters: ReadonlyArray<string>
}

/** Names of parameters count in any case, so each is kept once. */
const folded = (names: ReadonlyArray<string>): Array<string> => Array.from(new Set(names.map((name) => name.toLowerCase())))

/** Projects of organizations, each with its write key. */
export class Projects extends Context.Service<
  Projects,
  {
    /** Makes a project and its first write key, together or not at all. */
    create(organizationId: string, project: NewProject): Effect.Effect<Project, ControlPlaneUnavailable>
    /** All projects of an organization, by name. */
    list(organizationId: string): Effect.Effect<ReadonlyArray<Project>, ControlPlaneUnavailable>
    get(id: ProjectId): Effect.Effect<Project, NotFound | ControlPlaneUnavailable>
    /** Which parameters of addresses the project keeps from now on, instead of those before. */
    keepParameters(id: ProjectId, names: ReadonlyArray<string>): Effect.Effect<Project, NotFound | ControlPlaneUnavailable>
  }
>()("@footfall/control-plane/Projects") {
  static readonly layer = Layer.effect(
    Projects,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const rows = Schema.decodeUnknownEffect(Schema.Array(Project))
      const columns =
        sql.literal(`p.id::text AS id, p.organization_id::text AS organization_id, p.name, p.domain, p.time_zone, p.kept_parameters,
        floor(extract(epoch FROM p.created_at) * 1000)::float8 AS created_at,
        (SELECT key FROM write_keys w WHERE w.project_id = p.id ORDER BY w.created_at, w.key LIMIT 1) AS write_key`)
      const get = Effect.fn("Projects.get")(function* (id: ProjectId) {
        const found = yield* asked(sql`SELECT ${columns} FROM projects p WHERE p.id = ${id}::text::bigint`)
        const [project] = yield* Effect.orDie(rows(found))
        return project ?? (yield* new NotFound({ what: "project" }))
      })
      return Projects.of({
        get,
        create: Effect.fn("Projects.create")(function* (organizationId, { name, domain, timeZone, keptParameters }) {
          const id = newProjectId()
          yield* asked(
            sql.withTransaction(
              Effect.gen(function* () {
                yield* sql`INSERT INTO projects (id, organization_id, name, domain, time_zone, kept_parameters)
                  VALUES (${id}::text::bigint, ${organizationId}::text::bigint, ${name}, ${domain}::text, ${timeZone}, ${folded(keptParameters)}::text[])`
                yield* sql`INSERT INTO write_keys (key, project_id) VALUES (${newWriteKey()}, ${id}::text::bigint)`
              }),
            ),
          )
          return yield* Effect.catchTag(get(id), "ControlPlaneNotFound", (gone) => Effect.die(gone))
        }),
        keepParameters: Effect.fn("Projects.keepParameters")(function* (id, names) {
          yield* asked(sql`UPDATE projects SET kept_parameters = ${folded(names)}::text[] WHERE id = ${id}::text::bigint`)
          return yield* get(id)
        }),
        list: Effect.fn("Projects.list")(function* (organizationId) {
          const found = yield* asked(
            sql`SELECT ${columns} FROM projects p WHERE p.organization_id = ${organizationId}::text::bigint ORDER BY lower(p.name), p.name, p.id`,
          )
          return yield* Effect.orDie(rows(found))
        }),
      })
    }),
  )
}
