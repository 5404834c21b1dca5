import type { Membership, PrincipalShape, User } from "@footfall/contracts/principal"
import { type ControlPlaneUnavailable, NotFound } from "@footfall/control-plane/errors"
import { ProjectId } from "@footfall/control-plane/ids"
import { type Project, Projects } from "@footfall/control-plane/Projects"
import { Context, Effect, Layer, Match, Schema } from "effect"
import { type Permission, permits } from "./permissions.ts"

/** The credential is valid but does not allow this. */
export class NotAllowed extends Schema.TaggedError<NotAllowed>()("NotAllowed", { why: Schema.String }) {}

const notPermitted = Effect.fail(new NotAllowed({ why: "Only a signed-in owner or administrator can do this." }))

const membershipsWith = ({ memberships }: User, permission: Permission): ReadonlyArray<Membership> =>
  memberships.filter(({ role }) => permits(role, permission))

/**
 * Who may see and change what. People do what their role in the organization of a project permits; a secret key and a shared link
 * read their one project and do nothing else, whatever they ask for by id.
 */
export class Access extends Context.Service<
  Access,
  {
    /** The projects that a principal may see. */
    projects(principal: PrincipalShape): Effect.Effect<ReadonlyArray<Project>, ControlPlaneUnavailable>
    /** One project with which a principal may do this. What they may not even see is `NotFound`. */
    project(
      principal: PrincipalShape,
      id: ProjectId,
      permission: Permission,
    ): Effect.Effect<Project, NotFound | NotAllowed | ControlPlaneUnavailable>
    /** The organization in which a person may do this; the first of several. */
    organization(principal: PrincipalShape, permission: Permission): Effect.Effect<string, NotAllowed>
  }
>()("@footfall/access/Access") {
  static readonly layer = Layer.effect(
    Access,
    Effect.gen(function* () {
      const projects = yield* Projects
      const missing = new NotFound({ what: "project" })

      /** The project of a principal that has just one. */
      const only = ({ projectId }: { readonly projectId: string }) =>
        projects.get(ProjectId.make(projectId)).pipe(
          Effect.map((project) => [project]),
          Effect.catchTag("ControlPlaneNotFound", () => Effect.succeed([])),
        )

      const ofUser = Effect.fnUntraced(function* ({ memberships }: User, id: ProjectId, permission: Permission) {
        const project = yield* projects.get(id)
        const membership = memberships.find(({ organizationId }) => organizationId === project.organizationId)
        if (membership === undefined || !permits(membership.role, "project:read")) return yield* missing
        return permits(membership.role, permission) ? project : yield* notPermitted
      })

      const ofOne = Effect.fnUntraced(function* ({ projectId }: { readonly projectId: string }, id: ProjectId, permission: Permission) {
        if (permission !== "project:read") return yield* notPermitted
        return yield* projectId === id ? projects.get(id) : missing
      })

      return Access.of({
        projects: Effect.fn("Access.projects")((principal) =>
          Match.valueTags(principal, {
            User: (user) =>
              Effect.map(
                Effect.forEach(membershipsWith(user, "project:read"), ({ organizationId }) => projects.list(organizationId)),
                (lists) => lists.flat(),
              ),
            SecretKey: only,
            SharedLink: only,
          }),
        ),
        project: Effect.fn("Access.project")((principal, id, permission) =>
          Match.valueTags(principal, {
            User: (user) => ofUser(user, id, permission),
            SecretKey: (key) => ofOne(key, id, permission),
            SharedLink: (link) => ofOne(link, id, permission),
          }),
        ),
        organization: Effect.fn("Access.organization")(function* (principal, permission) {
          const [first] = principal._tag === "User" ? membershipsWith(principal, permission) : []
          return first === undefined ? yield* notPermitted : first.organizationId
        }),
      })
    }),
  )
}
