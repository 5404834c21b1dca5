import type { Breakdown, FirstEventAnswer, Online, Timeseries, Tracking } from "@footfall/contracts/generated/analytics"
import { Context, Effect, Layer, Result } from "effect"
import type { InvalidRequest } from "./domain/InvalidRequest.ts"
import type { Asked } from "./questions/answer.ts"
import { answerBreakdowns, type BreakdownAsked, type BreakdownPlan, groupPlans, planBreakdown } from "./questions/breakdown/breakdown.ts"
import { Beginnings } from "./questions/firstEvent/Beginnings.ts"
import { answerFirstEvent } from "./questions/firstEvent/firstEvent.ts"
import { answerOnline } from "./questions/online/online.ts"
import { planTimeseries } from "./questions/timeseries/timeseries.ts"
import { answerTracking } from "./questions/tracking/tracking.ts"
import { type Subject, type Unanswered, Warehouse } from "./Warehouse.ts"

/** One of several questions. */
export type Question =
  | ({ readonly kind: "timeseries" } & Asked)
  | ({ readonly kind: "breakdown" } & BreakdownAsked)
  | { readonly kind: "online" }

/** Its answer, or why it has none now. */
export type Answered =
  | { readonly kind: "timeseries"; readonly answer: Timeseries }
  | { readonly kind: "breakdown"; readonly answer: Breakdown }
  | { readonly kind: "online"; readonly answer: Online }
  | { readonly kind: "unanswered"; readonly why: Unanswered }

type Failure = InvalidRequest | Unanswered

/** Analytics questions, answered as the contract defines every number. Every answer is exact. */
export class Questions extends Context.Service<
  Questions,
  {
    timeseries(project: Subject, asked: Asked): Effect.Effect<Timeseries, Failure>
    breakdown(project: Subject, asked: BreakdownAsked): Effect.Effect<Breakdown, Failure>
    online(project: Subject): Effect.Effect<Online, Unanswered>
    firstEvent(project: Subject): Effect.Effect<FirstEventAnswer, Unanswered>
    tracking(project: Subject): Effect.Effect<Tracking, Unanswered>
    /**
     * Answers in the order of the questions, with as few reads as they permit. One that cannot be answered now costs the others nothing;
     * when one makes no sense, all of them fail, with pointers such as `/questions/2/to`.
     */
    several(project: Subject, questions: ReadonlyArray<Question>): Effect.Effect<ReadonlyArray<Answered>, InvalidRequest>
  }
>()("@footfall/analytics/Questions") {
  static readonly layer = Layer.effect(
    Questions,
    Effect.gen(function* () {
      const context = yield* Effect.context<Warehouse | Beginnings>()
      const here = <A, E>(effect: Effect.Effect<A, E, Warehouse | Beginnings>): Effect.Effect<A, E> =>
        Effect.provideContext(effect, context)

      const several = Effect.fn("Questions.several")(function* (project: Subject, questions: ReadonlyArray<Question>) {
        const answers: Array<Answered> = []
        const breakdowns: Array<readonly [number, BreakdownPlan]> = []
        const reads: Array<Effect.Effect<void, never, Warehouse | Beginnings>> = []
        /** What is read for some places fills them, with answers or with the reason why there are none. */
        const fill = <R>(places: ReadonlyArray<number>, read: Effect.Effect<ReadonlyArray<Answered>, Unanswered, R>) =>
          Effect.map(Effect.result(read), (result) => {
            for (const [index, place] of places.entries())
              answers[place] = Result.isSuccess(result) ? (result.success[index] as Answered) : { kind: "unanswered", why: result.failure }
          })

        for (const [place, question] of questions.entries()) {
          const pointer = Effect.mapError((invalid: InvalidRequest) => invalid.within(`/questions/${place}`))
          if (question.kind === "breakdown") breakdowns.push([place, yield* pointer(planBreakdown(project, question))])
          else if (question.kind === "timeseries") {
            const answering = yield* pointer(planTimeseries(project, question))
            reads.push(
              fill(
                [place],
                Effect.map(answering, (answer) => [{ kind: "timeseries", answer }]),
              ),
            )
          } else
            reads.push(
              fill(
                [place],
                Effect.map(answerOnline(project), (answer) => [{ kind: "online", answer }]),
              ),
            )
        }
        for (const group of groupPlans(breakdowns)) {
          const plans = group.map(([, plan]) => plan) as [BreakdownPlan, ...Array<BreakdownPlan>]
          const answering = Effect.map(answerBreakdowns(project, plans), (all) =>
            all.map((answer): Answered => ({ kind: "breakdown", answer })),
          )
          reads.push(
            fill(
              group.map(([place]) => place),
              answering,
            ),
          )
        }
        yield* Effect.all(reads, { concurrency: "unbounded", discard: true })
        return answers
      })

      return Questions.of({
        timeseries: Effect.fn("Questions.timeseries")((project, asked) => here(Effect.flatten(planTimeseries(project, asked)))),
        breakdown: Effect.fn("Questions.breakdown")((project, asked) =>
          here(
            Effect.map(
              Effect.flatMap(planBreakdown(project, asked), (plan) => answerBreakdowns(project, [plan])),
              ([answer]) => answer as Breakdown,
            ),
          ),
        ),
        online: (project) => here(answerOnline(project)),
        firstEvent: (project) => here(answerFirstEvent(project)),
        tracking: (project) => here(answerTracking(project)),
        several: (project, questions) => here(several(project, questions)),
      })
    }),
  ).pipe(Layer.provide(Beginnings.layer))
}
