import type { PrincipalShape } from "@footfall/contracts/principal"
import { type ControlPlaneUnavailable, NotFound } from "@footfall/control-plane/errors"
import { ProjectId } from "@footfall/control-plane/ids"
import { type Member, Members } from "@footfall/control-plane/Members"
import { type Project, Projects } from "@footfall/control-plane/Projects"
import { Context, Effect, Layer, Schema } from "effect"

/** The credential is valid but does not allow this. */
export class NotAllowed extends Schema.TaggedError<NotAllowed>()("NotAllowed", { why: Schema.String }) {}

/** Which roles may change projects and their keys. */
const EDITORS: ReadonlySet<string> = new Set(["owner", "admin"])

/**
 * Who may see and change what. People see the projects of their organization; a secret key sees its one project and nothing
 * else, whatever it asks for by id.
 */
export class Access extends Context.Service<
  Access,
  {
    /** The projects that a principal may see. */
    projects(principal: PrincipalShape): Effect.Effect<ReadonlyArray<Project>, ControlPlaneUnavailable>
    /** One project, when the principal may see it. */
    project(principal: PrincipalShape, id: ProjectId): Effect.Effect<Project, NotFound | ControlPlaneUnavailable>
    /** The membership by which a person may change projects and keys. Keys never may. */
    editor(principal: PrincipalShape): Effect.Effect<Member, NotAllowed | ControlPlaneUnavailable>
  }
>()("@footfall/query/domain/Access") {
  static readonly layer = Layer.effect(
    Access,
    Effect.gen(function* () {
      const projects = yield* Projects
      const members = yield* Members

      const own = (id: string | undefined) =>
        id === undefined
          ? Effect.succeed([])
          : projects.get(ProjectId.make(id)).pipe(
              Effect.map((project) => [project]),
              Effect.catchTag("ControlPlaneNotFound", () => Effect.succeed([])),
            )

      return Access.of({
        projects: Effect.fn("Access.projects")(function* (principal) {
          if (principal.kind !== "user") return yield* own(principal.projectId)
          const member = yield* members.of(principal.id)
          return member === undefined ? [] : yield* projects.list(member.organizationId)
        }),
        project: Effect.fn("Access.project")(function* (principal, id) {
          const missing = new NotFound({ what: "project" })
          if (principal.kind !== "user") return principal.projectId === id ? yield* projects.get(id) : yield* missing
          const [member, project] = yield* Effect.all([members.of(principal.id), projects.get(id)], { concurrency: 2 })
          return member?.organizationId === project.organizationId ? project : yield* missing
        }),
        editor: Effect.fn("Access.editor")(function* (principal) {
          const member = principal.kind === "user" ? yield* members.of(principal.id) : undefined
          return member !== undefined && EDITORS.has(member.role)
            ? member
            : yield* new NotAllowed({ why: "Only a signed-in owner or administrator can do this." })
        }),
      })
    }),
  )
}
