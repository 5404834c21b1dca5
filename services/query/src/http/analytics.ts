import { FootfallAnalytics } from "@footfall/contracts/generated/analytics"
import { Principal, type PrincipalShape } from "@footfall/contracts/principal"
import { ProjectId } from "@footfall/control-plane/ids"
import { Effect, Match } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Access } from "@footfall/access/Access"
import { parseFilter } from "@footfall/analytics/Filter"
import { Questions } from "@footfall/analytics/Questions"
import { asProblems } from "./problems.ts"

/** Who shares the warehouse with the others as one. */
const askerOf = Match.typeTags<PrincipalShape>()({
  User: ({ id }) => `user ${id}`,
  SecretKey: ({ id }) => `key ${id}`,
  SharedLink: ({ projectId }) => `links to ${projectId}`,
})

/** What is asked, with the filters of the address as one. */
const asked = <A extends { readonly filter?: ReadonlyArray<string> }>({ filter = [], ...query }: A) =>
  Effect.map(parseFilter(filter), (parsed) => ({ ...query, filter: parsed }))

/** Handlers of the analytics contract. */
export const layer = HttpApiBuilder.group(
  FootfallAnalytics,
  "analytics",
  Effect.fnUntraced(function* (handlers) {
    const access = yield* Access
    const questions = yield* Questions
    const subject = (id: string) =>
      Effect.gen(function* () {
        const principal = yield* Principal
        const project = yield* access.project(principal, ProjectId.make(id), "project:read")
        return { id: project.id, timeZone: project.timeZone, asker: askerOf(principal) }
      })
    return handlers.handleAll({
      getTimeseries: ({ params, query }) =>
        asProblems(
          Effect.gen(function* () {
            return yield* questions.timeseries(yield* subject(params.projectId), yield* asked(query))
          }),
        ),
      getBreakdown: ({ params, query }) =>
        asProblems(
          Effect.gen(function* () {
            return yield* questions.breakdown(yield* subject(params.projectId), yield* asked(query))
          }),
        ),
      getOnline: ({ params }) => asProblems(Effect.flatMap(subject(params.projectId), questions.online)),
      getFirstEvent: ({ params }) => asProblems(Effect.flatMap(subject(params.projectId), questions.firstEvent)),
      getTracking: ({ params }) => asProblems(Effect.flatMap(subject(params.projectId), questions.tracking)),
    })
  }),
)
