import { FootfallManagement, type ProjectCreate, type ProjectUpdate } from "@footfall/contracts/generated/management"
import { Principal } from "@footfall/contracts/principal"
import { ApiKeys, type SecretKey } from "@footfall/control-plane/ApiKeys"
import { identifies } from "@footfall/control-plane/identifiers"
import { ProjectId } from "@footfall/control-plane/ids"
import { type Project, Projects } from "@footfall/control-plane/Projects"
import { Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Access } from "@footfall/access/Access"
import type { Permission } from "@footfall/access/permissions"
import { iso } from "@footfall/analytics/iso"
import { InvalidRequest } from "@footfall/analytics/InvalidRequest"
import { zoneName } from "@footfall/analytics/TimeZone"
import { asProblems } from "./problems.ts"

const projectAnswer = ({ organizationId: _, createdAt, ...project }: Project) => ({ ...project, createdAt: iso(createdAt) })
const keyAnswer = ({ createdAt, ...key }: SecretKey) => ({ ...key, createdAt: iso(createdAt) })

/** Refuses parameters that a project names to be kept although their values are never stored. */
const checkKept = (names: ReadonlyArray<string>): Effect.Effect<void, InvalidRequest> => {
  const complaints = names.flatMap((name, index) =>
    identifies(name.toLowerCase())
      ? [
          {
            in: "body",
            pointer: `/keptParameters/${index}`,
            message: "Names an identifier, a secret or a person; its values are never stored",
          } as const,
        ]
      : [],
  )
  return complaints.length > 0 ? Effect.fail(new InvalidRequest({ complaints })) : Effect.void
}

/** Handlers of projects and their keys. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "projects",
  Effect.fnUntraced(function* (handlers) {
    const access = yield* Access
    const projects = yield* Projects
    const keys = yield* ApiKeys

    const create = Effect.fnUntraced(function* ({ name, domain, timeZone, keptParameters = [] }: ProjectCreate) {
      const organizationId = yield* access.organization(yield* Principal, "project:create")
      const zone = zoneName(timeZone)
      if (zone === undefined) {
        const message = "Expected an IANA time zone, such as Europe/Berlin"
        return yield* new InvalidRequest({ complaints: [{ in: "body", pointer: "/timeZone", message }] })
      }
      yield* checkKept(keptParameters)
      return yield* projects.create(organizationId, { name, domain: domain?.toLowerCase() ?? null, timeZone: zone, keptParameters })
    })

    /** The id of a project with which the principal may do this. */
    const permitted = Effect.fnUntraced(function* (id: string, permission: Permission) {
      return (yield* access.project(yield* Principal, ProjectId.make(id), permission)).id
    })

    const update = Effect.fnUntraced(function* (projectId: string, { keptParameters }: ProjectUpdate) {
      const id = yield* permitted(projectId, "project:change")
      yield* checkKept(keptParameters ?? [])
      return yield* keptParameters === undefined ? projects.get(id) : projects.keepParameters(id, keptParameters)
    })

    return handlers.handleAll({
      listProjects: Effect.fnUntraced(function* () {
        const visible = yield* asProblems(access.projects(yield* Principal))
        return { projects: visible.map(projectAnswer) }
      }),
      createProject: Effect.fnUntraced(function* ({ payload }) {
        const body = projectAnswer(yield* asProblems(create(payload)))
        return HttpApiSchema.withHeaders({ body, headers: { location: `/v1/projects/${body.id}` } })
      }),
      getProject: Effect.fnUntraced(function* ({ params }) {
        return projectAnswer(yield* asProblems(access.project(yield* Principal, ProjectId.make(params.projectId), "project:read")))
      }),
      updateProject: ({ params, payload }) => asProblems(Effect.map(update(params.projectId, payload), projectAnswer)),
      listSecretKeys: ({ params }) =>
        asProblems(
          Effect.map(Effect.flatMap(permitted(params.projectId, "keys:manage"), keys.list), (found) => ({
            secretKeys: found.map(keyAnswer),
          })),
        ),
      createSecretKey: Effect.fnUntraced(function* ({ params, payload }) {
        const id = yield* asProblems(permitted(params.projectId, "keys:manage"))
        const { secretKey, secret } = yield* asProblems(keys.createSecretKey(id, payload))
        return { secretKey: keyAnswer(secretKey), secret }
      }),
      deleteSecretKey: ({ params }) =>
        asProblems(Effect.flatMap(permitted(params.projectId, "keys:manage"), (id) => keys.revoke(id, params.secretKeyId))),
    })
  }),
)
