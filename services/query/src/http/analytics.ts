import { type Answer, FootfallAnalytics } from "@footfall/contracts/generated/analytics"
import { Principal, type PrincipalShape } from "@footfall/contracts/principal"
import { ProjectId } from "@footfall/control-plane/ids"
import { Effect, Match } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Access } from "@footfall/access/Access"
import { type Answered, Questions } from "@footfall/analytics/Questions"
import { asProblems, problemOf } from "./problems.ts"

/** Who shares the warehouse with the others as one. */
const askerOf = Match.typeTags<PrincipalShape>()({
  User: ({ id }) => `user ${id}`,
  SecretKey: ({ id }) => `key ${id}`,
  SharedLink: ({ projectId }) => `links to ${projectId}`,
})

/** An answer, or the problem in its place. */
const toAnswer = (answered: Answered): Effect.Effect<Answer> =>
  answered.kind === "unanswered"
    ? Effect.map(problemOf(answered.why), ({ problem, retryAfter }): Answer => ({ kind: "problem", problem, retryAfter }))
    : Effect.succeed(answered)

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
            return yield* questions.timeseries(yield* subject(params.projectId), query)
          }),
        ),
      getBreakdown: ({ params, query }) =>
        asProblems(
          Effect.gen(function* () {
            return yield* questions.breakdown(yield* subject(params.projectId), query)
          }),
        ),
      getOnline: ({ params }) => asProblems(Effect.flatMap(subject(params.projectId), questions.online)),
      getFirstEvent: ({ params }) => asProblems(Effect.flatMap(subject(params.projectId), questions.firstEvent)),
      askQuestions: ({ params, payload }) =>
        asProblems(
          Effect.gen(function* () {
            const answers = yield* questions.several(yield* subject(params.projectId), payload.questions)
            return { answers: yield* Effect.forEach(answers, toAnswer) }
          }),
        ),
      getTracking: ({ params }) => asProblems(Effect.flatMap(subject(params.projectId), questions.tracking)),
    })
  }),
)
