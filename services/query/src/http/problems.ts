import * as Problems from "@footfall/contracts/generated/shared"
import type { ControlPlaneUnavailable, NotFound, OwnerExists } from "@footfall/control-plane/errors"
import { Effect } from "effect"
import type { NotAllowed } from "@footfall/access/Access"
import type { WrongCredentials } from "@footfall/access/Accounts"
import type { InvalidRequest } from "@footfall/analytics/InvalidRequest"
import type { TooManyQuestions } from "@footfall/analytics/Shares"
import type { TooManyAttempts } from "@footfall/access/SignInLimits"
import type { WarehouseUnavailable } from "@footfall/analytics/WarehouseUnavailable"
import type { TooBusy } from "@footfall/access/Turns"

const RETRY_S = 2

/** What domain errors are to people who ask over HTTP, by tag. */
const unavailable = (what: string) => (error: { readonly cause: unknown }) =>
  Effect.andThen(
    Effect.logWarning(`${what} unavailable`, error.cause),
    Effect.fail(
      new Problems.ServiceUnavailable({ detail: `The ${what} is not responding. Try again shortly.`, headers: { "retry-after": RETRY_S } }),
    ),
  )

const answers = {
  ControlPlaneUnavailable: (error: ControlPlaneUnavailable) => unavailable("control plane")(error),
  WarehouseUnavailable: (error: WarehouseUnavailable) => unavailable("warehouse")(error),
  ControlPlaneNotFound: ({ what }: NotFound) =>
    Effect.fail(new Problems.NotFound({ detail: `There is no such ${what}, or this credential has no access to it.` })),
  NotAllowed: ({ why }: NotAllowed) => Effect.fail(new Problems.Forbidden({ detail: why })),
  OwnerExists: (_: OwnerExists) => Effect.fail(new Problems.Conflict({ detail: "This instance already has an owner. Sign in instead." })),
  WrongCredentials: (_: WrongCredentials) => Effect.fail(new Problems.Unauthorized({ detail: "Wrong email address or password." })),
  TooManyAttempts: ({ seconds }: TooManyAttempts) =>
    Effect.fail(
      new Problems.TooManyRequests({ detail: `Too many failed attempts. Try again in ${seconds} s.`, headers: { "retry-after": seconds } }),
    ),
  TooBusy: (_: TooBusy) =>
    Effect.fail(
      new Problems.ServiceUnavailable({
        detail: "Too many people are signing in right now. Try again shortly.",
        headers: { "retry-after": RETRY_S },
      }),
    ),
  TooManyQuestions: ({ seconds }: TooManyQuestions) =>
    Effect.fail(
      new Problems.TooManyRequests({
        detail: "Too many questions of this project or this credential wait for an answer. Wait for answers before you ask on.",
        headers: { "retry-after": seconds },
      }),
    ),
  InvalidRequest: ({ complaints }: InvalidRequest) =>
    Effect.fail(
      new Problems.BadRequest({ detail: "Invalid request. `errors` lists each field and what is wrong with it.", errors: complaints }),
    ),
}

type Answers = typeof answers
type Known<E> = Extract<E, { readonly _tag: keyof Answers }>
type Answer<E> = Known<E> extends { readonly _tag: infer Tag extends keyof Answers } ? Effect.Error<ReturnType<Answers[Tag]>> : never

/** Joins domain errors with the contract's problems; the types say which problems an effect can end in. */
export const asProblems = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, Exclude<E, Known<E>> | Answer<E>, R> =>
  Effect.catchTags(effect as Effect.Effect<A, Known<E>, R>, answers as never) as never

/** The problem of a question that has no answer now, and in how many seconds it is worth asking again. */
export const problemOf = (error: TooManyQuestions | WarehouseUnavailable) =>
  Effect.map(Effect.flip(asProblems(Effect.fail(error))), ({ headers, type, title, status, detail }) => ({
    problem: { type, title, status, ...(detail === undefined ? {} : { detail }) },
    retryAfter: headers["retry-after"],
  }))
